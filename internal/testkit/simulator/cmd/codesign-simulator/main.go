// Command codesign-simulator runs the imitation server in the foreground, until
// Ctrl-C or SIGTERM.
//
//	codesign-simulator -company -tls
//
// Its first line of output is the URL; then come user, password, client id and a
// ready token, and the lines to paste into a shell. Without -company it starts
// from the file named by -world, a [simulator.World] in JSON:
//
//	{
//	  "users":    [{"name": "ada", "password": "secret", "admin": true}, {"name": "olaf"}],
//	  "groups":   [{"name": "team", "members": ["olaf"]}],
//	  "projects": [{"name": "Payments", "status": "Draft", "owners": ["team"]}],
//	  "workflow_tickets": [{"guid": "6ede0e12-f7c0-4068-9977-001076205c84", "approvers": ["ada"],
//	    "blocking": "\\VED\\Policy\\shop", "issued_due_to": "\\VED\\Workflow\\Gate"}],
//	  "settings": {"ticket_delay": 2000, "required_approvals": 2}
//	}
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// options are the command line.
type options struct {
	listen, world, certOut, user, commands, like string
	company, tls, log                            bool
	latency                                      time.Duration
}

func parse(args []string, usage io.Writer) (options, error) {
	var o options
	f := flag.NewFlagSet("codesign-simulator", flag.ContinueOnError)
	f.SetOutput(usage)
	f.StringVar(&o.listen, "listen", "127.0.0.1:0", "loopback `address` to listen on")
	f.StringVar(&o.world, "world", "",
		"JSON `file` with users, projects and tickets; empty: one administrator and nothing else")
	f.BoolVar(&o.company, "company", false, "start with the sample company instead of a file")
	f.StringVar(&o.like, "like", "", "report of make survey; the server behaves as the surveyed one")
	f.BoolVar(&o.tls, "tls", false, "serve HTTPS")
	f.StringVar(&o.certOut, "cert-out", "", "`file` for the certificate to trust; with -tls a temporary one by default")
	f.StringVar(&o.user, "user", "", "`name` of the user to print a token for; the first administrator by default")
	f.StringVar(&o.commands, "commands", "", "shell `commands` that end the block to paste; curl by default")
	f.DurationVar(&o.latency, "latency", 0, "delay of every answer")
	f.BoolVar(&o.log, "log", false, "print one line for every request on standard error")
	f.Usage = func() {
		fmt.Fprintln(usage, "Usage of codesign-simulator:")
		f.PrintDefaults()
		_, _ = io.WriteString(usage, jwtHelp)
	}
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if o.world != "" && o.company {
		return o, errors.New("-world and -company exclude each other")
	}
	return o, nil
}

func (o options) load() (simulator.World, error) {
	if o.company {
		return simulator.SampleCompany(), nil
	}
	if o.world == "" {
		return simulator.World{Users: []simulator.User{{Name: "admin", Password: "admin", Admin: true}}}, nil
	}
	text, err := os.ReadFile(o.world)
	if err != nil {
		return simulator.World{}, err
	}
	return simulator.ReadWorld(bytes.NewReader(text))
}

// imitate sets the modes that a report names, and prints what it cannot set.
func (o options) imitate(settings *simulator.Settings, log io.Writer) error {
	if o.like == "" {
		return nil
	}
	report, err := os.ReadFile(o.like)
	if err != nil {
		return err
	}
	unknown, err := settings.Like(bytes.NewReader(report))
	for _, answer := range unknown {
		fmt.Fprintln(log, "The embedded server has no mode for this answer:", answer)
	}
	return err
}

// run serves until the context ends.
func run(ctx context.Context, args []string, out, log io.Writer) error {
	o, err := parse(args, log)
	if err != nil {
		return err
	}
	world, err := o.load()
	if err != nil {
		return err
	}
	if err := o.imitate(&world.Settings, log); err != nil {
		return err
	}
	user, err := o.who(world)
	if err != nil {
		return err
	}
	s, err := simulator.NewChecked(world)
	if err != nil {
		return err
	}
	s.Inject(simulator.Fault{Kind: simulator.Latency, Delay: o.latency})
	if o.log {
		s.OnAnswer(func(r simulator.Request) { fmt.Fprintln(log, logLine(r)) })
	}
	url, err := s.Listen(o.listen, o.tls)
	if err != nil {
		return err
	}
	defer s.Close()
	certificate, err := o.writeCertificate(s)
	if err != nil {
		return err
	}
	if o.tls && o.certOut == "" {
		defer os.RemoveAll(filepath.Dir(certificate))
	}
	g := greeting{
		url: url, user: user, client: "terraform-provider-codesign", token: s.Token(user.Name, ""),
		certificate: certificate, commands: o.commands,
	}
	if len(world.Clients) > 0 {
		g.client = world.Clients[0].ID
	}
	greet(out, g)
	<-ctx.Done()
	return nil
}

// who is the user to print a token for.
func (o options) who(w simulator.World) (simulator.User, error) {
	i := slices.IndexFunc(w.Users, func(u simulator.User) bool {
		return u.Name == o.user || o.user == "" && u.Admin && u.Prefix == ""
	})
	if i < 0 {
		return simulator.User{}, fmt.Errorf("there is no user %q to print a token for; choose one with -user", o.user)
	}
	return w.Users[i], nil
}

// writeCertificate puts the certificate into a file and returns its path; "" without TLS.
func (o options) writeCertificate(s *simulator.Server) (path string, err error) {
	if !o.tls {
		return "", nil
	}
	if path = o.certOut; path == "" {
		dir, err := os.MkdirTemp("", "codesign-simulator-")
		if err != nil {
			return "", err
		}
		path = filepath.Join(dir, "ca.pem")
	}
	return path, os.WriteFile(path, s.TLSCertificatePEM(), 0o644)
}

// greeting is what the command prints when it serves.
type greeting struct {
	url                                  string
	user                                 simulator.User
	client, token, certificate, commands string
}

// greet prints the URL alone on the first line, then labelled values and one block to paste.
func greet(out io.Writer, g greeting) {
	fmt.Fprintf(out, "%s\n\nThe embedded server runs at this URL until Ctrl-C. Log in with:\n\n", g.url)
	fmt.Fprintf(out, "user:      %s\npassword:  %s\nclient id: %s\ntoken:     %s\n\n", g.user.Name, g.user.Password,
		g.client, g.token)
	fmt.Fprintf(out, "Paste this block into another shell:\n\nexport VENAFI_URL='%s'\nexport VENAFI_TOKEN='%s'\n",
		g.url, g.token)
	trust := ""
	if g.certificate != "" {
		fmt.Fprintf(out, "export VENAFI_TRUST_BUNDLE='%s'\n", g.certificate)
		trust = ` --cacert "$VENAFI_TRUST_BUNDLE"`
	}
	if g.commands != "" {
		fmt.Fprintln(out, g.commands)
		return
	}
	fmt.Fprintf(out, `curl -sS%s -X POST "$VENAFI_URL/vedsdk/Codesign/EnumerateProjects" `+
		`-H "Authorization: Bearer $VENAFI_TOKEN" -H 'Content-Type: application/json' -d '{}'`+"\n", trust)
}

// logLine shows a request without body or token.
func logLine(r simulator.Request) string {
	result := ""
	if r.Result != nil {
		result = fmt.Sprintf(" result %d", *r.Result)
	}
	return fmt.Sprintf("%s %s %s %q %d%s", r.Time.Format(time.TimeOnly), r.Method, r.Path, r.User, r.Status, result)
}

// jwtRecipe makes a token that the sample company trusts and prints it.
const jwtRecipe = `b64() { openssl base64 -A | tr '+/' '-_' | tr -d =; }
head=$(printf '{"alg":"HS256","typ":"JWT"}' | b64)
claims=$(printf '{"sub":"%s","exp":%d}' "$user" "$(($(date +%s) + 600))" | b64)
mac=$(printf '%s.%s' "$head" "$claims" | openssl dgst -sha256 -hmac northwind-demo-key -binary | b64)
echo "$head.$claims.$mac"
`

// jwtHelp ends the output of -h.
const jwtHelp = `
The sample company (-company) knows the client ids terraform-provider-codesign, vcert-cli, vcert-sdk,
vsign-sdk and pyvenafi. It trusts JWTs that are signed with HS256 and the key "northwind-demo-key".
The claim "sub" is a user name, or "repo:northwind/platform:ref:refs/heads/main" for the user
terraform. To make one for ten minutes:

user=ada.brandt
` + jwtRecipe
