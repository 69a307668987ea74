// Command terraform-provider-codesign serves the provider to Terraform and OpenTofu.
package main

import (
	"flag"
	"log"

	"github.com/codesign-tf/terraform-provider-codesign/internal/provider"
	"github.com/codesign-tf/terraform-provider-codesign/internal/provider/protocol"
)

// version is set by the release build.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve for a debugger: print how to attach a CLI, and wait")
	flag.Parse()
	if err := protocol.Run(provider.New(version)(), *debug); err != nil {
		log.Fatal(err)
	}
}
