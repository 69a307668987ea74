package pipelines

import (
	"bytes"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// worker runs the steps of one job in a workspace of its own.
type worker struct {
	*github
	run             *run
	job             job
	ref             string
	temp, workspace string
	env, outcomes   map[string]string
}

func (w *worker) work() string {
	result := "success"
	for _, s := range w.job.Steps {
		if !evaluate(s.If, result != "success", w.lookup(w.run, w.job, w)) {
			continue
		}
		outcome := "success"
		if !w.step(s) {
			outcome, result = "failure", "failure"
		}
		w.outcomes[s.ID] = outcome
	}
	return result
}

func (w *worker) step(s step) bool {
	t := w.host.t
	if w.before != nil && w.job.Environment != "" {
		w.before(s, w.workspace)
	}
	with := func(key string) string { return expand(s.With[key], w.lookup(w.run, w.job, w)) }
	stored := filepath.Join(w.artifacts, w.run.id, with("name"))
	switch action, _, _ := strings.Cut(s.Uses, "@"); action {
	case "":
		return w.script(s)
	case "actions/checkout":
		if err := os.CopyFS(w.workspace, os.DirFS(w.checkout(w.ref))); err != nil {
			t.Fatal(err)
		}
		makeExecutable(t, filepath.Join(w.workspace, "ci"))
	case "actions/upload-artifact":
		_ = os.RemoveAll(stored)
		upload(t, w.workspace, strings.Fields(with("path")), stored)
	case "actions/download-artifact":
		if os.CopyFS(filepath.Join(w.workspace, with("path")), os.DirFS(stored)) != nil {
			return false
		}
	case "hashicorp/setup-terraform":
	default:
		t.Fatal("the test does not know the action", action)
	}
	return true
}

// upload stores files as the action does: below the folder that they have in common.
func upload(t *testing.T, workspace string, paths []string, stored string) {
	t.Helper()
	for _, path := range paths {
		if err := os.MkdirAll(stored, 0o750); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(stored, filepath.Base(path)), read(t, filepath.Join(workspace, path)))
	}
}

func (w *worker) script(s step) bool {
	t := w.host.t
	files := map[string]string{}
	for _, name := range []string{"GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"} {
		files[name] = filepath.Join(w.temp, name)
		write(t, files[name], "")
	}
	script := filepath.Join(w.temp, "script.sh")
	write(t, script, s.Run)
	cmd := exec.CommandContext(t.Context(), "bash", "-e", script)
	cmd.Dir = w.workspace
	cmd.Env = w.environment(s, files)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	err := cmd.Run()
	w.said.WriteString(said.String())
	w.run.summary += read(t, files["GITHUB_STEP_SUMMARY"])
	maps.Copy(w.env, lines(read(t, files["GITHUB_ENV"])))
	for key, value := range lines(read(t, files["GITHUB_OUTPUT"])) {
		w.env["output "+s.ID+" "+key] = value
	}
	return err == nil
}

func lines(text string) map[string]string {
	values := map[string]string{}
	for line := range strings.Lines(text) {
		if key, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			values[key] = value
		}
	}
	return values
}

func (w *worker) environment(s step, files map[string]string) []string {
	env := append(os.Environ(), gitEnvironment()...)
	env = append(env, w.cli.Env...)
	env = append(env, "PATH="+w.tools+":"+filepath.Dir(w.cli.Path)+":"+os.Getenv("PATH"), "TF="+w.cli.Path,
		"BACKEND_CONFIG=path="+w.state, "RUNNER_TEMP="+w.temp, "TOOLS="+w.tools,
		"GITHUB_REPOSITORY=example/signing-projects", "GITHUB_SERVER_URL=https://github.example.com",
		"GITHUB_RUN_ID="+w.run.id, "GITHUB_SHA=given")
	if w.job.Permissions["id-token"] == "write" {
		token := filepath.Join(w.temp, "response.json")
		subject := w.run.event["sub"]
		if w.job.Environment != "" {
			subject = "repo:example/signing-projects:environment:" + w.job.Environment
		}
		write(w.host.t, token, `{"value": "`+signJWT(w.host.t, subject)+`"}`)
		env = append(env, "ACTIONS_ID_TOKEN_REQUEST_TOKEN=given", "ACTIONS_ID_TOKEN_REQUEST_URL=file://"+token)
	}
	for name, path := range files {
		env = append(env, name+"="+path)
	}
	for _, values := range []map[string]string{w.job.Env, s.Env, w.env} {
		for key, value := range values {
			env = append(env, key+"="+expand(value, w.lookup(w.run, w.job, w)))
		}
	}
	return env
}

// Programs of the runner that a test has no counterpart of: each notes what it is asked, and
// answers as the host would.
var tools = map[string]string{
	"gh": `#!/bin/sh
printf '%s\n' "$*" >>"$TOOLS/gh.log"
while [ $# -gt 0 ]; do
	case $1 in --body-file) cat "$2" >>"$TOOLS/comments" ;; repos/*/pulls) echo 7 ;; esac
	shift
done
`,
	// The real curl reads file: addresses, with no parameters. Of GitLab's API it knows two answers.
	"curl": `#!/bin/sh
for last; do
	[ "${out-}" != next ] || out=$last
	[ "$last" != --output ] || out=next
	case $last in body@*) cat "${last#body@}" >>"$TOOLS/comments" ;; esac
done
echo "$last" >>"$TOOLS/curl.log"
case $last in
file://*) cp "${last#file://}" "$out" ;;
*/merge_requests) echo '[{"iid": 6, "state": "closed"}, {"iid": 7, "state": "merged"}]' >"$out" ;;
*/notes|*/trigger/pipeline) ;;
*) exit 22 ;;
esac
`,
	"go": `#!/bin/sh
[ "$*" != "env GOPATH" ] || { echo "$TOOLS/go-path" && exit; }
echo "go $*" >>"$TOOLS/gh.log"
mkdir -p "${GOBIN:=$TOOLS/go-path/bin}"
ln -sf "$TOOLS/opa" "$GOBIN"
`,
	"apk": "#!/bin/sh\n",
}

func installTools(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(needOPA(t), filepath.Join(dir, "opa")); err != nil {
		t.Fatal(err)
	}
	for name, script := range tools {
		write(t, filepath.Join(dir, name), script)
		if err := os.Chmod(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
}

// makeExecutable gives scripts the mode that a copy does not keep.
func makeExecutable(t *testing.T, dir string) {
	t.Helper()
	scripts, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(scripts) == 0 {
		t.Fatal("no scripts in", dir, err)
	}
	for _, script := range slices.DeleteFunc(scripts, func(s string) bool { return filepath.Ext(s) != "" }) {
		if err := os.Chmod(script, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}
