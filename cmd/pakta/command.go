package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// action is what a command does. Its flags are the fields of the struct that
// implements it.
type action interface {
	// register declares the flags, with their defaults.
	register(f *flags)
	// run does the work and returns the exit code.
	run(ctx context.Context, e *env, args []string) int
}

// command is one row of the table of commands.
type command struct {
	// use is the command's name and its arguments, as help shows them.
	use     string
	short   string
	long    string
	example string
	args    cobra.PositionalArgs
	// homeless commands need no data directory; without one there is no
	// configuration file but the one that is named.
	homeless bool
	// action is nil for a row that only groups others.
	action action
	sub    []command
}

// commands is the table of commands, in the order of help. Every call makes
// new values.
func commands() []command {
	return []command{
		demoCommand(),
		crawlCommand(),
		scheduleCommand(),
		sourcesCommand(),
		serveCommand(),
		importCommand(),
		extractCommand(),
		reextractCommand(),
		searchCommand(),
		exportCommand(),
		evalCommand(),
		rulesCommand(),
		statusCommand(),
		doctorCommand(),
		versionCommand(),
	}
}

// flags is the set of flags of one command. Each flag has a key in the
// configuration file: the command's name, a dot and the flag's name, or what
// keyed says.
type flags struct {
	*pflag.FlagSet
	section string
}

// annotationKey is the annotation of a flag that holds its configuration key.
const annotationKey = "pakta_key"

// keyed gives a flag a configuration key other than the usual one.
func (f *flags) keyed(name, key string) {
	f.Lookup(name).Annotations = map[string][]string{annotationKey: {key}}
}

// run parses args and runs the command they name.
func run(ctx context.Context, e *env, args []string) int {
	code := exitDone
	root := newRoot(e, &code)
	root.SetArgs(args)
	if err := root.ExecuteContext(ctx); err != nil {
		// What cobra itself refuses is always the command line's fault.
		return e.fail(&usageError{err})
	}
	return code
}

// newRoot builds the tree of commands; the command that is run leaves its exit
// code in code.
func newRoot(e *env, code *int) *cobra.Command {
	root := &cobra.Command{
		Use:   "pakta",
		Short: "Cooperation agreements between Indonesian regional governments, from the news",
		Long: `pakta crawls Indonesian regional news, reads cooperation agreements between
regional governments out of it, and makes them searchable.

Start with "pakta demo": a bundled newsroom, crawled and served on this machine.`,
		SilenceErrors:      true,
		SilenceUsage:       true,
		DisableSuggestions: true,
		Args:               cobra.ArbitraryArgs,
	}
	root.RunE = func(cmd *cobra.Command, args []string) error {
		return unknownCommand(cmd, args, code)
	}
	root.SetIn(e.stdin)
	root.SetOut(e.stdout)
	root.SetErr(e.stderr)
	root.SetFlagErrorFunc(flagError)
	shared := &sharedFlags{}
	shared.register(root.PersistentFlags())
	for _, c := range commands() {
		root.AddCommand(newCommand(c, "", e, shared, code))
	}
	return root
}

// newCommand makes the cobra command of one row. Its parent's name is empty
// for commands of the first level.
func newCommand(c command, parent string, e *env, shared *sharedFlags, code *int) *cobra.Command {
	cmd := &cobra.Command{
		Use: c.use, Short: c.short, Long: strings.TrimSpace(c.long), Example: strings.Trim(c.example, "\n"),
		Args: c.args, DisableFlagsInUseLine: true,
	}
	section := strings.TrimPrefix(parent+"."+cmd.Name(), ".")
	if c.action == nil {
		cmd.Args = cobra.ArbitraryArgs
		cmd.RunE = func(cmd *cobra.Command, args []string) error { return unknownCommand(cmd, args, code) }
	} else {
		c.action.register(&flags{cmd.Flags(), section})
		cmd.Flags().VisitAll(func(f *pflag.Flag) { setKey(f, section) })
		cmd.RunE = func(cmd *cobra.Command, args []string) error {
			err := settle(cmd, e, shared)
			if err != nil && !(c.homeless && errors.Is(err, errNoData)) {
				*code = e.fail(err)
				return nil
			}
			*code = c.action.run(cmd.Context(), e, args)
			return nil
		}
	}
	for _, s := range c.sub {
		cmd.AddCommand(newCommand(s, section, e, shared, code))
	}
	return cmd
}

// setKey gives a flag without a configuration key the usual one.
func setKey(f *pflag.Flag, section string) {
	if f.Annotations[annotationKey] == nil {
		key := section + "." + strings.ReplaceAll(f.Name, "-", "_")
		f.Annotations = map[string][]string{annotationKey: {key}}
	}
}

// unknownCommand answers a group of commands without a command of it: help
// when there is no further word, else an error that names the nearest one.
func unknownCommand(cmd *cobra.Command, args []string, code *int) error {
	if len(args) == 0 {
		*code = exitUsage
		cmd.SetOut(cmd.ErrOrStderr())
		return cmd.Help()
	}
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	return fmt.Errorf("unknown command %q for %q%s (%q lists all)",
		args[0], cmd.CommandPath(), didYouMean(args[0], names), cmd.CommandPath()+" --help")
}

// flagError adds the nearest flag to cobra's error about an unknown one.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return fmt.Errorf("%w (see %q)", err, cmd.CommandPath()+" --help")
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	return fmt.Errorf("%w%s (see %q)", err, didYouMean("--"+unknown.GetSpecifiedName(), names), cmd.CommandPath()+" --help")
}
