// Package acctest runs acceptance tests: with the real CLI, the provider in process, and
// the embedded server for it to talk to.
package acctest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// check ends a test that cannot go on.
func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Env is one embedded server, of its own for each test.
type Env struct {
	Server *simulator.Server
	URL    string

	// Now replaces the clock of the provider, unless it is nil.
	Now func() time.Time

	remarksExpected bool
}

// Start runs a server with the given world until the test ends. The server remarks on whatever a
// careful client would not send, and a remark that the test does not expect fails it.
func Start(t *testing.T, world simulator.World) *Env {
	t.Helper()
	server := simulator.New(world)
	url, err := server.Start()
	check(t, err)
	env := &Env{Server: server, URL: url}
	t.Cleanup(func() {
		server.Close()
		env.checkRemarks(t)
	})
	return env
}

// ExpectRemarks is for a test that makes the provider send something odd on purpose.
func (e *Env) ExpectRemarks() { e.remarksExpected = true }

func (e *Env) checkRemarks(t *testing.T) {
	t.Helper()
	for _, remark := range e.Server.Remarks() {
		if !e.remarksExpected {
			t.Errorf("the server remarks on %s: %s", remark.Object, remark.Detail)
		}
	}
}

// ProviderConfig is a provider block that logs in as a user by a ready token.
func (e *Env) ProviderConfig(user string) string { return e.ScopedProviderConfig(user, "") }

// ScopedProviderConfig is ProviderConfig with a token that has only these scopes.
func (e *Env) ScopedProviderConfig(user, scopes string) string {
	return fmt.Sprintf("provider \"codesign\" {\n  url          = %q\n  access_token = %q\n}\n", e.URL,
		e.Server.Token(user, scopes))
}

// timing suits the embedded server, which answers at once and shows a write late only where a test says
// so, for less than two seconds. Changes are gathered for longer than by default, so that the number of
// updates does not depend on the load of the machine.
var timing = poll.Timing{
	PollInterval: 200 * time.Millisecond, MaxPollInterval: poll.DefaultTiming.MaxPollInterval,
	ConsistencyWindow: 3 * time.Second, CleanupTimeout: poll.DefaultTiming.CleanupTimeout,
	GatherWindow: 300 * time.Millisecond,
}

// Factories serve the provider in the test's own process, as it is served to users.
func (e *Env) Factories() map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"codesign": func() (tfprotov6.ProviderServer, error) { return newServer(e.Now), nil },
	}
}

// Test runs steps through the real CLI, beside other tests.
func Test(t *testing.T, env *Env, steps ...resource.TestStep) {
	t.Helper()
	TestFrom(t, env, nil, steps...)
}

// TestFrom is Test for features that older CLIs do not have.
func TestFrom(t *testing.T, env *Env, needs []tfversion.TerraformVersionCheck, steps ...resource.TestStep) {
	t.Helper()
	useCLI(t)
	resource.ParallelTest(t, env.testCase(needs, steps))
}

// TestWithin is Test within a step of another one: two pipelines, each with a state of its own, on
// one server.
func TestWithin(t *testing.T, env *Env, steps ...resource.TestStep) {
	t.Helper()
	useCLI(t)
	resource.Test(t, env.testCase(nil, steps))
}

func (e *Env) testCase(needs []tfversion.TerraformVersionCheck, steps []resource.TestStep) resource.TestCase {
	return resource.TestCase{
		IsUnitTest:               true,
		ProtoV6ProviderFactories: e.Factories(),
		TerraformVersionChecks:   needs,
		Steps:                    steps,
	}
}

// lessGC is the GC percentage of tests and their CLIs, which have few live objects.
const lessGC = 400

var prepare = sync.OnceFunc(func() {
	debug.SetGCPercent(lessGC)
	set := func(name, value string) { _ = os.Setenv(name, value) }
	set("CHECKPOINT_DISABLE", "1")
	if os.Getenv("GOGC") == "" {
		// a CLI of a test lives for a fraction of a second, a third of it collecting garbage
		set("GOGC", strconv.Itoa(lessGC))
	}
	set("TF_CLI_CONFIG_FILE", os.DevNull) // not the user's own
	for _, name := range []string{"VENAFI_URL", "VENAFI_TOKEN", "VENAFI_USER", "VENAFI_PASS"} {
		_ = os.Unsetenv(name)
	}
})

// useCLI fails where there is no CLI: without this the test library would try to download one.
func useCLI(t *testing.T) {
	t.Helper()
	prepare()
	if os.Getenv("TF_ACC_TERRAFORM_PATH") != "" {
		return
	}
	if _, err := exec.LookPath("terraform"); err != nil {
		t.Fatal("no terraform on PATH; `make test` finds or builds a CLI, or set TF_ACC_TERRAFORM_PATH")
	}
}

// Example is an example, without settings and an empty provider block where it has them: the test
// brings a block with a server of its own.
func Example(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.FromSlash(path))
	check(t, err)
	if _, rest, found := strings.Cut(string(content), "provider \"codesign\" {}\n"); found {
		return rest
	}
	return string(content)
}
