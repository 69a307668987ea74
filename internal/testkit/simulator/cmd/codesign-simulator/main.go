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
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
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
