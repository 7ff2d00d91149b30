package charter

import _ "embed"

// Demo is the charter of the demonstration: a centre of four members with
// officers who are invented.
//
//go:embed demo.yaml
var Demo []byte

// Template is a charter to start from, with an explanation of every key. It is
// itself a charter that Parse accepts.
//
//go:embed template.yaml
var Template []byte
