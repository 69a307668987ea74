// Command survey settles uncertain facts about a server. It uses the environment variables of the
// provider, sends reading calls only unless -write is set, and writes a report without values of the
// server.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tools/program"
)

func main() {
	c := command{lookup: os.LookupEnv, in: bufio.NewReader(os.Stdin), out: os.Stdout}
	os.Exit(program.Main("No report was written.", func(ctx context.Context) error { return c.run(ctx, os.Args[1:]) }))
}

// command is one run of the program.
type command struct {
	lookup    func(string) (string, bool)
	in        *bufio.Reader
	out       io.Writer
	transport http.RoundTripper // nil: a pool of its own
}

type options struct {
	hints
	report string
	write  bool
}

func parse(args []string, out io.Writer) (options, error) {
	var o options
	f := flag.NewFlagSet("survey", flag.ContinueOnError)
	f.SetOutput(out)
	f.StringVar(&o.report, "report", "survey-report.json", "`file` for the report")
	f.BoolVar(&o.write, "write", false, "also settle what needs a write, with a scratch project")
	f.StringVar(&o.project, "project", "", "`DN` of a project to read, if projects cannot be listed")
	f.StringVar(&o.hidden, "hidden", "", "`DN` of a project on which the identity has no role")
	f.StringVar(&o.foreign, "foreign", "", "`GUID` of a workflow ticket that the identity may not read")
	f.StringVar(&o.workflow, "workflow", "", "`DN` of a workflow; with -write, also create and decide workflow tickets")
	err := f.Parse(args)
	if err == nil && f.NArg() > 0 {
		err = fmt.Errorf("unexpected argument %q", f.Arg(0))
	}
	return o, err
}

func (c command) run(ctx context.Context, args []string) error {
	o, err := parse(args, c.out)
	if err != nil {
		return err
	}
	ev, err := c.collect(ctx, o)
	if err != nil {
		return err
	}
	all := observe(ev, o.write)
	printObservations(c.out, all)
	return c.save(newReport(all, ev, o.write), o.report)
}

// collect makes the calls of a survey.
func (c command) collect(ctx context.Context, o options) (*evidence, error) {
	session, err := connect(c.lookup, c.transport)
	if err != nil {
		return nil, err
	}
	defer revoke(ctx, session)
	s := &survey{session: session, ev: newEvidence(o.hints), out: c.out}
	fmt.Fprintf(c.out, "Survey of %s. The calls below only read.\n\n", session.url)
	if err := s.read(ctx); err != nil {
		return nil, err
	}
	if o.write {
		if err := c.write(ctx, s); err != nil {
			return nil, err
		}
	}
	revoke(ctx, session) // the survey also asks how the server answers to it
	session.recorder.addGrant(s.ev)
	return s.ev, nil
}

// write makes the writing survey if the user confirms it.
func (c command) write(ctx context.Context, s *survey) error {
	w := &writer{survey: s}
	fmt.Fprintf(c.out, confirmation, s.ev.missingDN(), s.session.url)
	if answer := c.ask("Write to " + s.session.url + "? [y/N]"); answer != "y" && answer != "yes" {
		return errNotConfirmed
	}
	left, err := w.run(ctx)
	switch {
	case left != "":
		fmt.Fprintf(c.out, "\n%s\n", left)
	case s.ev.exchanges["create"] != nil:
		fmt.Fprintln(c.out, "\nThe scratch project was removed.")
	}
	return err
}

const confirmation = `
The writing survey creates the project %[1]s
on %[2]s. It changes, renames, submits, enables and deletes this project, and no other object. The approvers of
submissions may receive mails. At its end, and if you press Ctrl-C, it removes the project. Afterwards it names what it
could not remove.
`

var errNotConfirmed = errors.New("not confirmed: nothing was written")

// revoke ends the grant of the survey, also after an interruption.
func revoke(ctx context.Context, s *session) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	_ = s.tokens.Close(ctx) // a grant that cannot be revoked expires
}

// save shows what the report says, and asks before it writes the file.
func (c command) save(r report, file string) error {
	encoded, err := r.encode()
	if err != nil {
		return err
	}
	fmt.Fprint(c.out, disclosure)
	if !c.consent(file, encoded) {
		fmt.Fprintln(c.out, "No file was written.")
		return nil
	}
	if err := os.WriteFile(file, encoded, 0o600); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "The report is in %s. Attach it to an issue \"Unexpected server behavior\".\n", file)
	return nil
}

// consent asks before the report is written, and shows it on request.
func (c command) consent(file string, encoded []byte) bool {
	for {
		switch c.ask(fmt.Sprintf("Write it to %s? [y/N, s shows the report]", file)) {
		case "y", "yes":
			return true
		case "s", "show":
			fmt.Fprintf(c.out, "\n%s\n", encoded)
		default:
			return false
		}
	}
}

// ask returns what the user types, in lower case.
func (c command) ask(question string) string {
	fmt.Fprint(c.out, question+" ")
	answer, _ := c.in.ReadString('\n')
	return strings.ToLower(strings.TrimSpace(answer))
}

const disclosure = `
The report has these answers, and the shape of each answer of the server.

A reader of the report learns the version of the server (two numbers), which of the calls the token may make,
whether there are projects, environments, tickets and groups, and how many of them (one, 2-10, or more), the policies
EnforceGroupRoles and PreventSelfDealing, whether flows are assigned, and how the server writes its answers. The report
has no name, DN, GUID, trustee, text, host or token: each is replaced by its form and a range of its length.

`
