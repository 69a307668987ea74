// Package serve answers a CLI: the framework's server, without what makes it
// slow and large for thousands of objects.
package serve

import (
	"context"
	"os"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// Address is the one of the registry.
const Address = "registry.terraform.io/codesign-tf/codesign"

// Run serves a provider until the CLI that started this process has enough of
// it. With debug it prints how to attach a CLI, and waits.
func Run(p provider.Provider, debug bool) error {
	startLight()
	var options []tf6server.ServeOpt
	if debug {
		options = append(options, tf6server.WithManagedDebug())
	} else if err := setAll(silence(os.Environ())); err != nil {
		return err
	}
	err := tf6server.Serve(Address, func() tfprotov6.ProviderServer { return NewServer(p) }, options...)
	shutDown(p)
	return err
}

// shutdownTimeout stays below the two seconds after which the CLI kills a provider that it has closed.
const shutdownTimeout = 1800 * time.Millisecond

// shutDown lets a provider clean up after the CLI has closed the connection. The CLI has stopped
// reading, so that an error has no place to go.
func shutDown(p provider.Provider) {
	closer, ok := p.(interface {
		Shutdown(ctx context.Context) error
	})
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	_ = closer.Shutdown(ctx)
}

func setAll(variables map[string]string) error {
	for name, value := range variables {
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	return nil
}

// NewServer is the framework's server of a provider, with contexts that end with
// their calls.
func NewServer(p provider.Provider) tfprotov6.ProviderServer {
	framework := providerserver.NewProtocol6(p)()
	if whole, ok := framework.(everything); ok {
		return &server{everything: sanitizer{whole}}
	}
	return framework // a later framework, in which something has to be looked at anew
}
