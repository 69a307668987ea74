package pipelines

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// The signing server trusts the pipelines of one repository.
const (
	audience           = "https://codesign.example.com"
	subject            = "repo:example/signing-projects:ref:refs/heads/main"
	pullRequestSubject = "repo:example/signing-projects:pull_request"
	environmentSubject = "repo:example/signing-projects:environment:signing-projects"
	expirySubject      = "repo:example/signing-projects:environment:signing-projects-expiry"
	// The API integrations: one that only reads, for plans, and one for applies.
	planClient  = "signing-projects-plan"
	applyClient = "signing-projects-apply"
	// One that ends grants, without an approval.
	expiryClient = "signing-projects-expiry"
)

var issuerKey = rand.Text()

// signJWT is the code host's token for one job: short-lived, for one audience.
func signJWT(t *testing.T, subject string) string {
	t.Helper()
	part := func(v any) string {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(b)
	}
	signed := part(map[string]string{"alg": "HS256", "typ": "JWT"}) + "." +
		part(map[string]any{"sub": subject, "aud": audience, "exp": time.Now().Add(5 * time.Minute).Unix()})
	mac := hmac.New(sha256.New, []byte(issuerKey))
	mac.Write([]byte(signed))
	return signed + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

const (
	payments   = `\VED\Code Signing\Projects\Payments`
	firmware   = `\VED\Code Signing\Projects\Rocket Firmware`
	containers = `\VED\Code Signing\Projects\Container Images`
	ticket     = "6ede0e12-f7c0-4068-9977-001076205c84"
)

// world is a server as projects.yaml of the example describes it.
func world() simulator.World {
	return simulator.World{
		Users: []simulator.User{
			{Name: "planner", Admin: true, Config: true, JWTSubject: subject},
			{Name: "previewer", Admin: true, Config: true, JWTSubject: pullRequestSubject},
			{Name: "applier", Admin: true, Config: true, JWTSubject: environmentSubject},
			{Name: "expirer", Admin: true, Config: true, JWTSubject: expirySubject},
			{Name: "carla"},
			{Name: "dora", ProjectApprover: true},
		},
		Projects: []simulator.Project{
			{DN: payments, Status: "Enabled", KeyUsers: []string{"carla"}},
			{DN: firmware, Status: "Enabled"},
			{DN: containers, Status: "Disabled"},
		},
		WorkflowTickets: []simulator.WorkflowTicket{{GUID: ticket, Approvers: []string{"planner"}}},
		Clients: []simulator.ClientApp{
			{ID: planClient, Scope: planScope, NoRefresh: true, AccessTokenLifetime: 900},
			{ID: applyClient, Scope: applyScope, Users: []string{"applier"}, AccessTokenLifetime: 900},
			{ID: expiryClient, Scope: applyScope, Users: []string{"expirer"}, AccessTokenLifetime: 900},
		},
		Settings: simulator.Settings{JWTKeys: []string{"hs256:" + issuerKey}, JWTAudience: audience},
	}
}
