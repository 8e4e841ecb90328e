package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"pakta/crawler"
)

// The exit codes of every command.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// env is the world as a command sees it: its streams, the environment, and
// what the settings that all commands share came to.
type env struct {
	stdin  io.Reader
	stdout io.Writer // data
	stderr io.Writer // talk
	// lookupEnv is os.LookupEnv, or a test's.
	lookupEnv func(key string) (string, bool)
	// terminal says that stderr is one, so that progress may be drawn.
	terminal bool

	// data is the data directory; it need not exist yet. dataSet says that
	// somebody chose it, so that the demo keeps its hands off the default.
	data    string
	dataSet bool
	// rulesDir holds overlays of the rules; empty when there are none.
	rulesDir string
	// sitesFile is a table of selectors for the pages of sites; empty for none
	// but the built-in one.
	sitesFile string
	// sources are those of the configuration file, in its order.
	sources []source
	// config is the configuration file; it need not exist.
	config string
}

// maxSitesFile bounds the table of selectors: ten times what a thousand sites
// need.
const maxSitesFile = 2 << 20

// siteRules reads the table of selectors that the settings name. Its error has
// every complaint with its line.
func (e *env) siteRules() ([]crawler.SiteRule, error) {
	if e.sitesFile == "" {
		return nil, nil
	}
	f, err := os.Open(e.sitesFile)
	if err != nil {
		return nil, usagef("crawler.sites: %w", err)
	}
	defer f.Close() // reading only
	rules, err := crawler.ParseSites(e.sitesFile, io.LimitReader(f, maxSitesFile))
	if err != nil {
		return nil, usagef("crawler.sites:\n%w", err)
	}
	return rules, nil
}

// say prints one line of talk.
func (e *env) say(format string, args ...any) {
	fmt.Fprintf(e.stderr, format+"\n", args...)
}

// fail reports why a command could not do its work and returns the exit code
// for it.
func (e *env) fail(err error) int {
	e.say("pakta: %v", err)
	var usage *usageError
	if errors.As(err, &usage) {
		return exitUsage
	}
	return exitFailed
}

// usageError marks an error as the caller's: a wrong flag, key or argument.
type usageError struct{ error }

// Unwrap gives the error that is marked.
func (e *usageError) Unwrap() error { return e.error }

// usagef makes a usageError.
func usagef(format string, args ...any) error {
	return &usageError{fmt.Errorf(format, args...)}
}

// homeData is the default data directory called name, by the XDG rules.
func homeData(lookupEnv func(string) (string, bool), name string) (string, error) {
	if dir, _ := lookupEnv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, name), nil
	}
	if home, _ := lookupEnv("HOME"); home != "" {
		return filepath.Join(home, ".local", "share", name), nil
	}
	return "", &usageError{errNoData}
}

// errNoData: nothing says where the data directory is.
var errNoData = errors.New("no data directory: neither $XDG_DATA_HOME nor $HOME is set; name one with --data or PAKTA_DATA")
