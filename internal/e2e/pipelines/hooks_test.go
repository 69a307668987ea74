package pipelines

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The agent runs the hooks around each phase: the token is there for the phase alone, and with the
// scope that it needs.
func TestHCP_Hooks(t *testing.T) {
	t.Parallel()
	hooks, err := filepath.Abs(filepath.Join(example, "hcp-terraform", "hooks"))
	if err != nil {
		t.Fatal(err)
	}
	for phase, scope := range map[string]string{"plan": planScope, "apply": applyScope} {
		dir := t.TempDir()
		token, env := filepath.Join(dir, "token"), filepath.Join(dir, "env")
		run := func(hook string) {
			t.Helper()
			cmd := exec.CommandContext(t.Context(), filepath.Join(hooks, "terraform-"+hook+"-"+phase))
			cmd.Env = append(os.Environ(), "VENAFI_EXTERNAL_JWT_FILE="+token, "TFC_AGENT_ENV="+env,
				"TFC_WORKLOAD_IDENTITY_TOKEN=of-"+phase)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
		}
		run("pre")
		if got := read(t, token); got != "of-"+phase {
			t.Errorf("the token of the %s is %q", phase, got)
		}
		if info, err := os.Stat(token); err != nil || info.Mode().Perm() != 0o600 {
			t.Error("others can read the token:", info, err)
		}
		want := "VENAFI_CLIENT_ID=signing-projects-" + phase + "\nVENAFI_SCOPE=" + scope + "\n"
		if got := read(t, env); got != want {
			t.Errorf("the %s gets %q, want %q", phase, got, want)
		}
		run("post")
		if _, err := os.Stat(token); err == nil {
			t.Errorf("the token is still there after the %s", phase)
		}
	}
}
