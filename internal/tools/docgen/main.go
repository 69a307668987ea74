// Command docgen writes docs/ from the provider's schema, templates/ and examples/, through the
// pinned tfplugindocs. It runs in the root of the repository.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/codesign-tf/terraform-provider-codesign/internal/provider"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tools/program"
)

func main() {
	check := flag.Bool("check", false, "compare with docs/ instead of writing it")
	flag.Parse()
	os.Exit(program.Main("", func(ctx context.Context) error { return run(ctx, *check) }))
}

func run(ctx context.Context, check bool) error {
	schemas, err := providerSchemas(ctx, providerserver.NewProtocol6(provider.New("docs")())())
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "codesign-docs-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	w, err := newStaging(".", dir, schemas)
	if err != nil {
		return err
	}
	made, err := w.generate(ctx)
	if err != nil {
		return err
	}
	if check {
		return compare(ctx, made)
	}
	if err := os.RemoveAll("docs"); err != nil {
		return err
	}
	return os.CopyFS("docs", os.DirFS(made))
}

func compare(ctx context.Context, made string) error {
	cmd := exec.CommandContext(ctx, "git", "diff", "--no-index", "--exit-code", "--", "docs", made)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("docs/ is not what schema, templates and examples say (%w): run make docs", err)
	}
	return nil
}
