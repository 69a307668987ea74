package simulator

import (
	"bytes"
	_ "embed"
)

//go:embed company.json
var company []byte

// SampleCompany is a believable company: projects in every status, applications
// and collections, some thirty users and groups, tickets that wait for a decision.
// The password of a person is "demo-" and the first name.
func SampleCompany() World {
	w, err := ReadWorld(bytes.NewReader(company))
	if err != nil {
		panic(err) // the file is part of the program
	}
	return w
}
