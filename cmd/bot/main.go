package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // members' zones must be there in an empty container too
)

// version is set when a release is built.
var version = "dev"

// The exit codes. A supervisor need not start the bot again after exitConfig: a person has to mend
// something first.
const (
	exitOK     = 0
	exitFailed = 1
	exitConfig = 2
)

// errUsage says that the command line could not be read; what is wrong has been printed.
var errUsage = errors.New("usage")

// misuse is everything that is wrong with the flags of a sub-command.
type misuse []string

func (m misuse) Error() string { return strings.Join(m, "\n  ") }

const usage = `Paceline keeps a team's LinkedIn outreach inside a budget, in Slack.

Usage:

  bot [serve]     run the bot; the environment configures it
  bot sandbox     try it: the bot and a small local Slack, no workspace needed
  bot manifest    print the manifest of the Slack app
  bot check       say what is wrong with the configuration, the tokens and the store
  bot health      ask a running bot whether it is alive (for containers)
  bot version     print the version

Each takes -h.
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	var p problems
	var m misuse
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		os.Exit(exitOK)
	case errors.Is(err, errUsage):
		os.Exit(exitConfig)
	case errors.As(err, &m):
		fmt.Fprintf(os.Stderr, "%v\n", err)
		os.Exit(exitConfig)
	case errors.As(err, &p):
		fmt.Fprintf(os.Stderr, "paceline: %v\n\nWithout a Slack workspace, try: bot sandbox\n", err)
		os.Exit(exitConfig)
	}
	fmt.Fprintf(os.Stderr, "paceline: %v\n", err)
	os.Exit(exitFailed)
}

// run runs one sub-command.
func run(ctx context.Context, args []string, out, errOut io.Writer) error {
	name := "serve"
	if len(args) > 0 {
		name, args = args[0], args[1:]
	}
	switch name {
	case "serve":
		return serve(ctx, args, errOut)
	case "sandbox":
		return runSandbox(ctx, args, out, errOut)
	case "manifest":
		return printManifest(args, out, errOut)
	case "check":
		return check(ctx, args, out, errOut)
	case "health":
		return health(ctx, args, errOut)
	case "version":
		fmt.Fprintln(out, version)
		return nil
	case "help", "-h", "-help", "--help":
		fmt.Fprint(out, usage)
		return nil
	}
	fmt.Fprintf(errOut, "There is no %q.\n\n%s", name, usage)
	return errUsage
}
