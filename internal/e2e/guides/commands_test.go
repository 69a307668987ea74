package guides_test

import (
	"bufio"
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const repository = "../../.."

// block says how to run one block of shell commands of a page.
type block struct {
	folder  string   // an example that is copied to the directory, below examples/
	imports bool     // whether the configuration is that of the import block
	init    bool     // whether the reader has run terraform init before
	clone   bool     // whether the commands run in a clone, with development overrides
	replace []string // what the reader replaces: old and new, in pairs; URL and TOKEN are those of the server
	prepare func(*testing.T, *workspace)
	tool    string // a program that not every machine has
	serves  bool   // whether the last command prints a URL and stays in the foreground
	covered string // the test that runs the commands, because they need something else
}

var (
	project = "resources/codesign_project_status"
	mirrors = block{covered: "TestAccInstall"}
	dryRun  = block{replace: []string{"make ", "make -n -C ROOT "}}
)

// blocks has an entry for each block of shell commands, by page.
var blocks = map[string][]block{
	"README.md": {
		dryRun, dryRun, dryRun, {
			tool: "gpg", prepare: releaseFiles, replace: []string{"gh attestation verify", "true"},
		},
	},
	"guides/adopting-existing-projects.md": {
		{folder: "guides/adopting-existing-projects/one", init: true},
		{folder: project, init: true},
		{folder: "guides/adopting-existing-projects/many", init: true},
		{folder: "list-resources/codesign_project_status", init: true},
	},
	"guides/auditing-rights.md": {{folder: "guides/auditing-rights/matrix", init: true}},
	"guides/authenticating-from-a-pipeline.md": {
		{covered: "TestHCP_Hooks"},
		{
			tool: "openssl", prepare: keyAndCertificate, replace: []string{
				"-out client.p12", "-out client.p12 -passout pass:secret",
			},
		},
		{replace: []string{"/var/lib/pipeline", "."}},
		{folder: "guides/getting-started/look", init: true, replace: []string{
			"local:robot", "local:terraform", "VENAFI_PASS=...", "VENAFI_PASS=demo-terraform VENAFI_TOKEN=; unset " +
				"VENAFI_TOKEN; terraform plan",
		}},
	},
	"guides/emergency-stop.md": {
		{folder: "actions/codesign_set_project_status", init: true},
		{folder: "guides/emergency-stop/declared", init: true},
	},
	"guides/getting-started.md": {
		{folder: "guides/getting-started/look", replace: []string{"https://codesign.example.com", "URL", "...", "TOKEN"}},
		{folder: "guides/getting-started/enable", init: true, replace: []string{"...", "TOKEN"}},
		dryRun,
		{clone: true},
	},
	"guides/installing-the-provider.md": {{folder: "provider"}, mirrors, mirrors, mirrors, mirrors},
	"guides/surveying-a-server.md": {
		{replace: []string{"git clone", "true", "cd terraform-provider-codesign", "true", "make ", "make -n -C ROOT "}},
		dryRun,
		dryRun,
		dryRun,
	},
	"guides/testing-your-configuration.md": {
		{folder: "guides/testing-your-configuration"},
		dryRun,
		{clone: true},
		{
			serves: true, replace: []string{
				"go run ", "go build -C ROOT -o \"$PWD/server\" ", "-world world.json",
				"&& exec ./server -world world.json",
			},
		},
	},
	"guides/troubleshooting.md": {{folder: "guides/getting-started/look", init: true}},
	"guides/onboard-a-team.md":  {{covered: "TestExpire_Check"}},
	"resources/project.md":      {{folder: "resources/codesign_project", imports: true, init: true}},
	"resources/project_role.md": {{folder: "resources/codesign_project_role", imports: true, init: true}},
	"resources/project_role_member.md": {
		{folder: "resources/codesign_project_role_member", imports: true, init: true},
	},
	"resources/project_status.md":           {{folder: project, init: true}},
	"resources/workflow_ticket_decision.md": {{folder: "resources/workflow_ticket_decision", init: true}},
}

// TestAccCommands runs every block of shell commands of every page, as a reader does.
func TestAccCommands(t *testing.T) {
	t.Parallel()
	pages := commandBlocks(t)
	for page, scripts := range pages {
		if len(scripts) != len(blocks[page]) {
			t.Errorf("%s has %d blocks of commands, but the test runs %d", page, len(scripts), len(blocks[page]))
			continue
		}
		for i, script := range scripts {
			t.Run(fmt.Sprintf("%s %d", page, i+1), func(t *testing.T) {
				t.Parallel()
				runBlock(t, blocks[page][i], script)
			})
		}
	}
	for page := range blocks {
		if pages[page] == nil {
			t.Errorf("%s has no commands", page)
		}
	}
}

// TestCommands_Covered checks that the tests exist that run commands in another way.
func TestCommands_Covered(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(repository, "internal", "e2e", "*", "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	var source strings.Builder
	for _, file := range files {
		source.WriteString(read(t, file))
	}
	for page, list := range blocks {
		for _, b := range list {
			if b.covered != "" && !strings.Contains(source.String(), "func "+b.covered+"(") {
				t.Errorf("%s: there is no test %s", page, b.covered)
			}
		}
	}
}

var shellBlock = regexp.MustCompile("(?s)```(?:shell|sh|bash|console)\n(.*?)```")

// commandBlocks returns the blocks of shell commands, by page.
func commandBlocks(t *testing.T) map[string][]string {
	t.Helper()
	pages := map[string][]string{}
	add := func(name, path string) {
		for _, m := range shellBlock.FindAllStringSubmatch(read(t, path), -1) {
			pages[name] = append(pages[name], m[1])
		}
	}
	add("README.md", filepath.Join(repository, "README.md"))
	docs := filepath.Join(repository, "docs")
	err := filepath.WalkDir(docs, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".md" && !entry.IsDir() {
			name, _ := filepath.Rel(docs, path)
			add(filepath.ToSlash(name), path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

func runBlock(t *testing.T, b block, script string) {
	t.Helper()
	if b.covered != "" {
		t.Skipf("%s runs these commands", b.covered)
	}
	if _, err := exec.LookPath(b.tool); b.tool != "" && err != nil {
		t.Skipf("%s is not installed", b.tool)
	}
	d := reader(t, b)
	if b.prepare != nil {
		b.prepare(t, d)
	}
	if b.init {
		d.init()
	}
	root, err := filepath.Abs(repository)
	if err != nil {
		t.Fatal(err)
	}
	script = strings.NewReplacer(b.replace...).Replace(script)
	script = strings.NewReplacer("ROOT", root, "URL\n", d.value("VENAFI_URL")+"\n", "TOKEN\n",
		d.value("VENAFI_TOKEN")+"\n").Replace(script)
	if b.serves {
		firstLine(t, d, script)
		return
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	out, err := d.shell(ctx, script).CombinedOutput()
	if tooOld(string(out)) {
		t.Skip("the commands need a newer CLI")
	}
	if err != nil {
		t.Errorf("%v\n%s\n%s", err, script, out)
	}
}

// tooOld recognizes the messages of a CLI that does not know a block or a command.
func tooOld(out string) bool {
	return slices.ContainsFunc([]string{
		"Unsupported Terraform Core version", "Unsupported OpenTofu Core version",
		`Blocks of type "action" are not expected here`, `has no command named "query"`,
		"flag provided but not defined: -invoke",
	}, func(message string) bool { return strings.Contains(out, message) })
}

// reader is a directory with an example, a server and a CLI that is called terraform.
func reader(t *testing.T, b block) *workspace {
	t.Helper()
	cli := installed(t)
	d := newWorkspaceWithServer(t, cli, "", simulator.SampleCompany())
	switch {
	case b.clone:
		d.copy(filepath.Join(repository, "examples"), "examples")
		d.write(
			"dev.tfrc", fmt.Sprintf("provider_installation {\n  dev_overrides {\n    %q = %q\n  }\n  direct {}\n}\n",
				address, filepath.Dir(cli.Binary())),
		)
		d.Env = append(d.Env, "TF_CLI_CONFIG_FILE="+filepath.Join(d.Dir, "dev.tfrc"))
		if out, err := d.shell(t.Context(), "git init --quiet .").CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	case b.imports:
		example := read(t, filepath.Join(repository, "examples", b.folder, "import-by-string-id.tf"))
		d.write("main.tf", importBlock.ReplaceAllString(example, ""))
	case b.folder == project || b.folder == "resources/workflow_ticket_decision":
		d.write("main.tf", read(t, filepath.Join(repository, "examples", b.folder, "resource.tf")))
	case b.folder != "":
		d.copy(filepath.Join(repository, "examples", b.folder), ".")
	}
	return d
}

var importBlock = regexp.MustCompile(`(?s)\nimport \{.*?\n\}\n`)

func (d *workspace) copy(from, to string) {
	d.t.Helper()
	if err := os.CopyFS(filepath.Join(d.Dir, to), os.DirFS(from)); err != nil {
		d.t.Fatal(err)
	}
}

// value is the last value of a variable of the environment.
func (d *workspace) value(name string) string {
	for _, variable := range slices.Backward(d.Env) {
		if value, found := strings.CutPrefix(variable, name+"="); found {
			return value
		}
	}
	return ""
}

// shell runs commands as they are on the page: terraform is the CLI of this machine, and each apply
// is confirmed.
func (d *workspace) shell(ctx context.Context, script string) *exec.Cmd {
	d.t.Helper()
	bin := d.t.TempDir()
	if err := os.Symlink(d.Path, filepath.Join(bin, "terraform")); err != nil {
		d.t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, "sh", "-euc", script)
	cmd.Dir, cmd.WaitDelay = d.Dir, time.Second
	cmd.Env = append(append(os.Environ(), d.Env...), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"),
		"TF_CLI_ARGS_apply=-auto-approve", "REFRESH_TOKEN=secret", "GNUPGHOME="+d.t.TempDir())
	return cmd
}

// firstLine runs a server until it prints its URL.
func firstLine(t *testing.T, d *workspace, script string) {
	t.Helper()
	cmd := d.shell(t.Context(), script)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "http://127.0.0.1:") {
		t.Errorf("the first line is %q, want a URL (%v)", line, err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Error(err)
	}
	_ = cmd.Wait()
}

// keyAndCertificate writes the files that openssl reads.
func keyAndCertificate(t *testing.T, d *workspace) {
	t.Helper()
	script := "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=pipeline -keyout key.pem -out cert.pem && cp " +
		"cert.pem chain.pem"
	if out, err := d.shell(t.Context(), script).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}
