package guides_test

import (
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const installing = guides + "/installing-the-provider/"

// TestAccInstall runs what the guide on installation shows: a private registry, and the mirrors that
// `terraform providers mirror` makes from it.
//
//nolint:tparallel // the mirrors are made from what the first step installs
func TestAccInstall(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("only on Linux does the CLI read the authority from SSL_CERT_FILE")
	}
	cli := installed(t)
	ca := newAuthority(t)
	release := zipped(t, cli.Binary())
	host := ca.serve(t, registry(t, release))
	source := host + "/" + address
	private := strings.Replace(read(t, installing+"private-registry.hcl"), "registry.example.com/"+address, source, 1)
	mirror := t.TempDir()

	t.Run("private registry", func(t *testing.T) {
		d := machine(t, ca, "provider_installation {\n  direct {}\n}\n", private)
		if out := d.run(0, "init", "-input=false"); !strings.Contains(out, "igned") {
			t.Errorf("the CLI does not report the signature:\n%s", out)
		}
		d.usable(t, source, "zh:")
		d.run(0, "providers", "mirror", "-platform="+platform, mirror)
	})
	t.Run("filesystem mirror", func(t *testing.T) {
		config := strings.NewReplacer(`"`+address+`"`, `"`+source+`"`, "/opt/terraform/providers", mirror).
			Replace(read(t, installing+"filesystem-mirror.tfrc"))
		d := machine(t, ca, config, private)
		d.run(0, "init", "-input=false")
		d.usable(t, source, "h1:")
	})
	t.Run("network mirror", func(t *testing.T) {
		// The CLI cannot use a source address with a port in a network mirror, so this is the published one.
		folder := t.TempDir()
		copied := filepath.Join(folder, publishedFolder(t, cli))
		if err := os.CopyFS(copied, os.DirFS(filepath.Join(mirror, filepath.FromSlash(source)))); err != nil {
			t.Fatal(err)
		}
		url := "https://" + ca.serve(t, http.StripPrefix("/terraform/providers", http.FileServer(http.Dir(folder)))) + "/terraform/providers/"
		config := strings.ReplaceAll(read(t, installing+"network-mirror.tfrc"), "https://mirror.example.com/terraform/providers/", url)
		d := machine(t, ca, config, read(t, "../../../examples/provider/provider.tf"))
		d.run(0, "providers", "lock", "-net-mirror="+url, "-platform="+platform)
		d.run(0, "init", "-input=false")
		d.usable(t, address, "h1:")
	})
	t.Run("state of the published address", func(t *testing.T) {
		d := newWorkspaceWithServer(t, cli, "getting-started/look", simulator.SampleCompany())
		d.init()
		d.apply()
		d.run(0, "state", "replace-provider", "-auto-approve", address, source)
		if !strings.Contains(read(t, filepath.Join(d.Dir, "terraform.tfstate")), source) {
			t.Error("the state has another source address")
		}
	})
	t.Run("published address in a folder of archives", func(t *testing.T) {
		folder := t.TempDir()
		below := filepath.Join(folder, publishedFolder(t, cli))
		if err := os.MkdirAll(below, 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(below, archive), release, 0o600); err != nil {
			t.Fatal(err)
		}
		config := strings.ReplaceAll(read(t, installing+"filesystem-mirror.tfrc"), "/opt/terraform/providers", folder)
		d := machine(t, ca, config, read(t, "../../../examples/provider/provider.tf"))
		d.run(0, "init", "-input=false")
		d.usable(t, address, "h1:")
	})
}

// publishedFolder is the folder of the provider in a mirror: HOST/codesign-tf/codesign.
func publishedFolder(t *testing.T, cli *realcli.CLI) string {
	t.Helper()
	parts := strings.Split(cli.Binary(), string(filepath.Separator))
	if len(parts) < 6 {
		t.Fatalf("%s is not in a mirror", cli.Binary())
	}
	return filepath.Join(parts[len(parts)-6 : len(parts)-3]...)
}

// machine is a directory with a configuration, and a CLI configuration of its own.
func machine(t *testing.T, ca authority, config, main string) *workspace {
	t.Helper()
	d := newWorkspace(t, installed(t), "", nil, "SSL_CERT_FILE="+ca.file)
	d.Env = slices.DeleteFunc(d.Env, func(v string) bool { return strings.HasPrefix(v, "TF_CLI_CONFIG_FILE=") })
	rc := filepath.Join(t.TempDir(), "cli.tfrc")
	if err := os.WriteFile(rc, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	d.Env = append(d.Env, "TF_CLI_CONFIG_FILE="+rc)
	d.write("main.tf", main)
	return d
}

// usable checks that the lock file has the provider with a kind of checksum, and that the installed
// provider starts.
func (d *workspace) usable(t *testing.T, source, sum string) {
	t.Helper()
	lock := read(t, filepath.Join(d.Dir, ".terraform.lock.hcl"))
	for _, want := range []string{source + `"`, sum} {
		if !strings.Contains(lock, want) {
			t.Errorf("the lock file lacks %q:\n%s", want, lock)
		}
	}
	if schema := d.run(0, "providers", "schema", "-json"); !strings.Contains(schema, "codesign_project_status") {
		t.Error("the installed provider has no schema")
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
