package provider_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func number(n int) tftypes.Value { return tftypes.NewValue(tftypes.Number, n) }

// byPassword are the arguments of the password grant of adam, with others.
func byPassword(others acctest.Arguments) acctest.Arguments {
	arguments := acctest.Arguments{
		"tpp_username": acctest.String("adam"), "tpp_password": acctest.String("adam-password"),
	}
	maps.Copy(arguments, others)
	return arguments
}

func payments() acctest.Arguments {
	return acctest.Arguments{"dn": acctest.String(`\VED\Code Signing\Projects\Payments`)}
}

func TestAccProvider_ArgumentsReachTheServer(t *testing.T) {
	w := world()
	w.Clients = []simulator.ClientApp{{ID: "acme-releases"}}
	env := acctest.Start(t, w)
	p := env.ProtocolWith(t, byPassword(acctest.Arguments{
		"client_id": acctest.String("acme-releases"), "scope": acctest.String("codesign;configuration"),
	}))
	if _, diagnostics := p.Read("codesign_project", payments()); len(diagnostics) > 0 {
		t.Fatal(diagnostics)
	}
	var sent map[string]string
	for _, r := range env.Server.Requests() {
		if r.Path == "vedauth/authorize/oauth" {
			if err := json.Unmarshal([]byte(r.Body), &sent); err != nil {
				t.Fatal(err)
			}
		}
	}
	if sent["client_id"] != "acme-releases" || sent["scope"] != "codesign;configuration" || sent["username"] != "adam" {
		t.Errorf("sent %q", sent)
	}
}

func TestAccProvider_MaxRetries(t *testing.T) {
	for _, retries := range []int{0, 1} {
		for _, path := range []string{"vedauth/authorize/oauth", "Codesign/GetProject"} {
			env := acctest.Start(t, world())
			env.Server.Inject(simulator.Fault{Path: path, Kind: simulator.Status503})
			_, diagnostics := env.ProtocolWith(t, byPassword(acctest.Arguments{"max_retries": number(retries)})).
				Read("codesign_project", payments())
			if n := env.Server.Count(path); n != retries+1 || len(diagnostics) == 0 {
				t.Errorf("%s: %d requests with %d retries, %q", path, n, retries, diagnostics)
			}
		}
	}
}

func TestAccProvider_RequestTimeout(t *testing.T) {
	for _, path := range []string{"vedauth/authorize/oauth", "Codesign/GetProject"} {
		env := acctest.Start(t, world())
		env.Server.Inject(simulator.Fault{Path: path, Kind: simulator.Hang})
		begun := time.Now()
		p := env.ProtocolWith(t, byPassword(acctest.Arguments{
			"max_retries": number(0), "request_timeout": acctest.String("1s"),
		}))
		_, diagnostics := p.Read("codesign_project", payments())
		if took := time.Since(begun); took < time.Second || took > 20*time.Second || len(diagnostics) == 0 ||
			!strings.HasPrefix(diagnostics[0], "ERROR") {
			t.Errorf("%s: %q after %s", path, diagnostics, took)
		}
	}
}
