// Checks a checkpoint and a proof with golang.org/x/mod/sumdb alone: none of our code is here.
//
//	note VKEY CHECKPOINT [PROOF ENTRY]
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	verifier, err := note.NewVerifier(os.Args[1])
	must(err)
	tree := opened(read(os.Args[2]), verifier)
	if len(os.Args) > 3 {
		above, below, _ := strings.Cut(read(os.Args[3]), "\n\n")
		lines := strings.Split(above, "\n")
		var index int64
		_, err := fmt.Sscanf(lines[1], "index %d", &index)
		must(err)
		var proof tlog.RecordProof
		for _, line := range lines[2:] {
			raw, err := base64.StdEncoding.DecodeString(line)
			must(err)
			var hash tlog.Hash
			copy(hash[:], raw)
			proof = append(proof, hash)
		}
		tree = opened(below, verifier)
		leaf := tlog.RecordHash([]byte(read(os.Args[4])))
		must(tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf))
	}
	fmt.Println(tree.N, tree.Hash)
}

func opened(text string, verifier note.Verifier) tlog.Tree {
	n, err := note.Open([]byte(text), note.VerifierList(verifier))
	must(err)
	var size int64
	lines := strings.Split(n.Text, "\n")
	_, err = fmt.Sscanf(lines[1], "%d", &size)
	must(err)
	hash, err := tlog.ParseHash(lines[2])
	must(err)
	return tlog.Tree{N: size, Hash: hash}
}

func read(name string) string {
	raw, err := os.ReadFile(name)
	must(err)
	return string(raw)
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
