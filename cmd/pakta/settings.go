package main

import (
	"cmp"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// sharedFlags are the flags of all commands.
type sharedFlags struct {
	data, config, rulesDir, sites string
}

func (s *sharedFlags) register(f *pflag.FlagSet) {
	f.StringVar(&s.data, "data", "", "data `DIR`ectory (default $XDG_DATA_HOME/pakta)")
	f.StringVar(&s.config, "config", "", "configuration `FILE` (default pakta.yaml in the data directory)")
	f.StringVar(&s.rulesDir, "rules-dir", "", "`DIR`ectory of additions to the rules")
	f.StringVar(&s.sites, "sites", "", "`FILE` with selectors for the pages of sites, before the built-in ones")
	f.VisitAll(func(f *pflag.Flag) {
		f.Annotations = map[string][]string{annotationKey: {strings.ReplaceAll(f.Name, "-", "_")}}
	})
	f.Lookup("sites").Annotations = map[string][]string{annotationKey: {"crawler.sites"}}
}

// settle gives every flag that the command line left alone its value from the
// environment or the configuration file, and fills in e. The file is checked
// to its end, keys of other commands included.
func settle(cmd *cobra.Command, e *env, shared *sharedFlags) error {
	if err := applyEnvironment(cmd.Flags(), e.lookupEnv); err != nil {
		return err
	}
	home, homeErr := homeData(e.lookupEnv, "pakta")
	e.config = shared.config
	if dir := cmp.Or(shared.data, home); e.config == "" && dir != "" {
		e.config = filepath.Join(dir, "pakta.yaml")
	}
	if e.config != "" {
		if err := applyConfig(cmd, e, shared.config != ""); err != nil {
			return err
		}
	}
	e.dataSet = shared.data != ""
	e.data = cmp.Or(shared.data, home)
	e.rulesDir, e.sitesFile = shared.rulesDir, shared.sites
	if e.data == "" {
		return homeErr
	}
	return nil
}

// applyEnvironment sets the flags that were not given from their variables.
func applyEnvironment(set *pflag.FlagSet, lookup func(string) (string, bool)) error {
	var failed error
	set.VisitAll(func(f *pflag.Flag) {
		value, ok := lookup(variable(f))
		if failed != nil || f.Changed || !ok || value == "" {
			return
		}
		if err := set.Set(f.Name, value); err != nil {
			failed = usagef("environment variable %s: %q is not a value for --%s: %w", variable(f), value, f.Name, rootCause(err))
		}
	})
	return failed
}

// applyConfig reads e.config and sets the flags that are still unset, those of
// all commands, so that every value is checked. A missing file is an error
// only when it was named.
func applyConfig(cmd *cobra.Command, e *env, named bool) error {
	file, err := readConfig(e.config)
	if !named && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)) {
		return nil // what uses the data directory says what is wrong with it
	}
	if err != nil {
		return err
	}
	known := map[string][]*pflag.Flag{}
	eachFlag(cmd.Root(), func(f *pflag.Flag) { known[key(f)] = append(known[key(f)], f) })
	delete(known, "config")
	e.sources = file.apply(known)
	return file.err()
}

// eachFlag calls fn for every flag of cmd and the commands below it that has
// a configuration key.
func eachFlag(cmd *cobra.Command, fn func(*pflag.Flag)) {
	visit := func(f *pflag.Flag) {
		if key(f) != "" {
			fn(f)
		}
	}
	cmd.PersistentFlags().VisitAll(visit)
	cmd.LocalNonPersistentFlags().VisitAll(visit)
	for _, c := range cmd.Commands() {
		eachFlag(c, fn)
	}
}

// key is the flag's key in the configuration file; cobra's own flags have
// none.
func key(f *pflag.Flag) string {
	if k := f.Annotations[annotationKey]; len(k) == 1 {
		return k[0]
	}
	return ""
}

// variable is the name of the flag's environment variable: PAKTA_DATA,
// PAKTA_CRAWLER_DELAY.
func variable(f *pflag.Flag) string {
	return "PAKTA_" + strings.ToUpper(strings.ReplaceAll(key(f), ".", "_"))
}

// rootCause is the innermost error: what the value's parser said, without the
// flag's name that pflag wraps around it.
func rootCause(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}
