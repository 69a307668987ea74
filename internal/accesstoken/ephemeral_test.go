package accesstoken_test

import (
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestClose_ByAnotherProcess(t *testing.T) {
	env := acctest.Start(t, world())
	opened := robot(t, env).Open(typeName, nil)
	if len(opened.Diags) != 0 {
		t.Fatal(opened.Diags)
	}
	if got, want := value(t, opened.Result["identity"]), env.Server.Trustee("robot"); got != want {
		t.Errorf("identity %s, want %s", got, want)
	}
	token := value(t, opened.Result["access_token"])
	if _, diagnostics := env.Protocol(t, token).Read("codesign_projects", nil); len(diagnostics) != 0 {
		t.Fatal(diagnostics)
	}
	if diagnostics := opened.Close(robot(t, env)); len(diagnostics) != 0 {
		t.Error(diagnostics)
	}
	if _, diagnostics := env.Protocol(t, token).Read("codesign_projects", nil); len(diagnostics) != 1 ||
		!strings.Contains(diagnostics[0], "access_token") {
		t.Errorf("after revocation: got %q", diagnostics)
	}
}

func TestClose_FailedRevocationWarns(t *testing.T) {
	for name, c := range map[string]struct {
		fault func(*simulator.Server)
		want  string
	}{
		"202": {func(s *simulator.Server) {
			s.UpdateSettings(func(o *simulator.Settings) { o.RevokeFails = true })
		}, "202"},
		"no answer": {func(s *simulator.Server) {
			s.Inject(simulator.Fault{Path: "vedauth/revoke", Kind: simulator.ResetBeforeCommit})
		}, "no answer"},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, world())
			p := robot(t, env)
			opened := p.Open(typeName, nil)
			c.fault(env.Server)
			diagnostics := opened.Close(p)
			if len(diagnostics) != 1 ||
				!strings.HasPrefix(diagnostics[0], "WARNING: Unable to revoke the access token") ||
				!strings.Contains(diagnostics[0], c.want) {
				t.Errorf("got diagnostics %q", diagnostics)
			}
			if strings.Contains(strings.Join(diagnostics, ""), value(t, opened.Result["access_token"])) {
				t.Error("the warning contains the token")
			}
		})
	}
}

func TestRenew_WarnsBeforeExpiry(t *testing.T) {
	for lifetime, margin := range map[int]time.Duration{3600: time.Minute, 100: 10 * time.Second} {
		w := world()
		w.Settings.AccessTokenLifetime = lifetime
		env := acctest.Start(t, w)
		opened := robot(t, env).Open(typeName, nil)
		expires, err := time.Parse(time.RFC3339, value(t, opened.Result["expires"]))
		if err != nil {
			t.Fatal(err)
		}
		if got := expires.Sub(opened.RenewAt); got < margin-2*time.Second || got > margin {
			t.Errorf("lifetime %d s: got a warning %s before the end, want %s", lifetime, got, margin)
		}
		before := len(env.Server.Requests())
		diagnostics := opened.Renew()
		if len(diagnostics) != 1 || !strings.HasPrefix(diagnostics[0], "WARNING: The access token is about to expire") {
			t.Errorf("got diagnostics %q", diagnostics)
		}
		if n := len(env.Server.Requests()) - before; n != 0 || !opened.RenewAt.IsZero() {
			t.Errorf("got %d requests and the next renewal at %s, want none", n, opened.RenewAt)
		}
		if diagnostics := opened.Close(robot(t, env)); len(diagnostics) != 0 {
			t.Errorf("close after renew: got %q", diagnostics)
		}
		if issued, revoked := issuedAndRevoked(env, "terraform-provider-codesign"); issued != 1 || revoked != 1 {
			t.Errorf("got %d tokens, %d revoked, want 1 and 1", issued, revoked)
		}
	}
}
