package provider_test

import (
	"archive/zip"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const planted = "S3CRET-unmistakable"

// Plan, apply and failures run with the log at TRACE. No output and no file contains a secret.
func TestAccSecrets_AreNotWritten(t *testing.T) { //nolint:paralleltest // the count of requests needs all subtests
	server := simulator.New(simulator.World{
		Users: []simulator.User{
			{Name: "adam", Password: planted + "-password", JWTs: []string{planted + "-jwt"}, Admin: true},
		},
		Projects: []simulator.Project{
			{Name: "Draft", Status: "Draft"},
			{Name: "Disabled", Status: "Disabled"},
			{Name: "Hidden", Status: "DisabledByParent"},
		},
		WorkflowTickets: []simulator.WorkflowTicket{
			{GUID: "6ede0e12-f7c0-4068-9977-001076205c84", Approvers: []string{"adam"}},
		},
		Settings: simulator.Settings{ApprovedTicketsVanish: new(bool)}, // each login decides it
	})
	url, err := server.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	token := server.Token("adam", "")
	cli := acctest.InstalledCLI(t, "TF_LOG=TRACE")
	said := initialize(t, with(cli, "VENAFI_TOKEN="+token), configuration(url))
	noSecret(t, "init", said, token)
	for name, login := range map[string]struct {
		works bool
		env   []string
	}{
		"access token":    {true, []string{"VENAFI_TOKEN=" + token}},
		"password":        {true, []string{"VENAFI_USER=adam", "VENAFI_PASS=" + planted + "-password"}},
		"JWT":             {true, []string{"VENAFI_EXTERNAL_JWT=" + planted + "-jwt"}},
		"JWT in a file":   {true, []string{"VENAFI_EXTERNAL_JWT_FILE=" + secretFile(t, planted+"-jwt")}},
		"wrong JWT":       {false, []string{"VENAFI_EXTERNAL_JWT=" + planted + "-other-jwt"}},
		"refresh token":   {false, []string{"VENAFI_REFRESH_TOKEN_FILE=" + secretFile(t, planted+"-refresh-token")}},
		"wrong token":     {false, []string{"VENAFI_TOKEN=" + planted + "-token"}},
		"token as a path": {false, []string{"VENAFI_REFRESH_TOKEN_FILE=" + planted + "-refresh-token"}},
		"JWT as a path":   {false, []string{"VENAFI_EXTERNAL_JWT_FILE=" + planted + ".eyJhIjoxfQ.c2lnbmF0dXJl"}},
		"key as a path": {false, []string{
			"VENAFI_P12_CERTIFICATE=-----BEGIN PRIVATE KEY-----\n" + planted + "\n-----END PRIVATE KEY-----",
		}},
		"secret as a bundle": {false, []string{"VENAFI_TOKEN=" + token, "VENAFI_TRUST_BUNDLE=" + planted + "-bundle"}},
		"wrong password":     {false, []string{"VENAFI_USER=adam", "VENAFI_PASS=" + planted + "-wrong"}},
	} {
		t.Run(name, func(t *testing.T) {
			runWithoutSecrets(t, with(cli, login.env...), login.works, token)
		})
	}
	if server.Count("Codesign/GetProject") == 0 {
		t.Error("no request arrived")
	}
}

// runWithoutSecrets runs the commands that a login gets to: those after the apply only if it works.
func runWithoutSecrets(t *testing.T, cli *realcli.CLI, works bool, token string) {
	t.Helper()
	for _, args := range [][]string{
		{"plan", "-input=false", "-out=plan.bin"},
		{"apply", "-input=false", "-auto-approve"},
		{"show", "-json"},
		{"plan", "-input=false", "-var=goal=Pending"},
		{"destroy", "-input=false", "-auto-approve"},
	} {
		result, err := cli.Run(t.Context(), args...)
		if err != nil {
			t.Fatal(err)
		}
		noSecret(t, strings.Join(args, " "), result.Stdout+result.Stderr, token)
		if args[0] == "apply" && works != (result.Code == 0) {
			t.Errorf("the apply ended with %d: %s", result.Code, result.Stderr)
		}
		if args[0] == "apply" && !works {
			break
		}
	}
	noSecretInFiles(t, cli.Dir, token)
}

func configuration(url string) string {
	return requirement + fmt.Sprintf(`
variable "goal" { default = "Enabled" }
provider "codesign" {
  url = %q
}
resource "codesign_project_status" "draft" {
  dn           = "\\VED\\Code Signing\\Projects\\Draft"
  status       = "Enabled"
  self_approve = true
}
resource "codesign_project_status" "disabled" {
  dn     = "\\VED\\Code Signing\\Projects\\Disabled"
  status = var.goal
}
data "codesign_object_rights" "draft" {
  dn                 = "\\VED\\Code Signing\\Projects\\Draft"
  resolve_identities = true
}
resource "workflow_ticket_decision" "t" {
  provider    = codesign
  guid        = "6ede0e12-f7c0-4068-9977-001076205c84"
  status      = "Approved"
  explanation = "CHG1"
}
`, url)
}

const requirement = `
terraform {
  required_providers {
    codesign = { source = "codesign-tf/codesign" }
  }
}
`

// initialize installs the provider for a configuration, and for those that follow it.
func initialize(t *testing.T, cli *realcli.CLI, config string) (said string) {
	t.Helper()
	write(t, cli, config)
	result, err := cli.Do(t.Context(), "init", "-input=false")
	if err != nil {
		t.Fatal(err)
	}
	return result.Stdout + result.Stderr
}

// with is a CLI with further environment variables.
func with(cli *realcli.CLI, env ...string) *realcli.CLI {
	more := *cli
	more.Env = slices.Concat(cli.Env, env)
	return &more
}

func secretFile(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func write(t *testing.T, cli *realcli.CLI, config string) {
	t.Helper()
	if err := cli.Write("main.tf", config); err != nil {
		t.Fatal(err)
	}
}

func noSecret(t *testing.T, where, text string, secrets ...string) {
	t.Helper()
	for _, secret := range append(secrets, planted) {
		if i := strings.Index(text, secret); i >= 0 {
			t.Errorf("a secret is in %s: …%s…", where, text[max(0, i-200):min(len(text), i+80)])
		}
	}
}

// noSecretInFiles reads the state, the plan (a zip archive) and the lock file.
func noSecretInFiles(t *testing.T, dir string, secrets ...string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		if filepath.Ext(path) == ".bin" {
			noSecretInArchive(t, path, secrets...)
			return nil
		}
		content, err := os.ReadFile(path)
		noSecret(t, path, string(content), secrets...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func noSecretInArchive(t *testing.T, path string, secrets ...string) {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = archive.Close() }()
	for _, entry := range archive.File {
		content, err := fs.ReadFile(archive, entry.Name)
		if err != nil {
			t.Fatal(err)
		}
		noSecret(t, path+"/"+entry.Name, string(content), secrets...)
	}
}
