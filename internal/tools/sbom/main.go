// Command sbom writes a CycloneDX list of what a released binary was built from. It reads the
// archive as a user gets it: the list is what the linker recorded in the binary, not what a lock
// file intends. The same archive gives the same list.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	version := flag.String("version", "", "`version` of the release")
	out := flag.String("out", "", "`file` to write")
	flag.Parse()
	if *version == "" || *out == "" || flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: sbom -version VERSION -out FILE ARCHIVE.zip")
		os.Exit(2)
	}
	if err := run(flag.Arg(0), *version, *out); err != nil {
		fmt.Fprintln(os.Stderr, "sbom:", err)
		os.Exit(1)
	}
}

func run(archive, version, out string) error {
	b, err := open(archive)
	if err != nil {
		return err
	}
	return write(out, describe(b, version))
}
