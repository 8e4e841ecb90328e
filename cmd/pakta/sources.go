package main

import (
	"context"
	"fmt"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"pakta/crawler"
)

func sourcesCommand() command {
	return command{
		use:   "sources",
		short: "List, check and add the sites that are crawled",
		sub: []command{
			{
				use:   "list [flags]",
				short: "List the configured sources, or the starter list",
				long: `
Lists the sources of the configuration file. With --known, lists the starter
list: outlets and government sites of all provinces, off by default, their
addresses not verified. They are switched on in the configuration file by name,
by code of a province, or all together:

  known: [serambinews, "15"]`,
				example: `
  pakta sources list
  pakta sources list --known --json`,
				args: cobra.NoArgs, action: &sourcesList{},
			},
			{
				use:   "check [NAME]... [flags]",
				short: "Try whether the configured sources can be read",
				long: `
Tries each source, or those named: robots.txt, what it offers to be read by, one
article. Prints one line a source and keeps nothing. Exit code 1 when one fails.`,
				example: `
  pakta sources check
  pakta sources check jambiviral --json`,
				action: &sourcesCheck{},
			},
			{
				use:   "add URL [flags]",
				short: "Find out how a site can be read and put it into the configuration",
				long: `
Finds out from the address alone how a site can be read, shows some articles as
they would be read, and adds the source to the configuration file, whose other
lines stay as they are.`,
				example: `
  pakta sources add https://contoh.example/
  pakta sources add https://contoh.example/ --name contoh --region 15 --dry-run`,
				args: cobra.ExactArgs(1), action: &sourcesAdd{},
			},
		},
	}
}

type sourcesList struct{ known, json bool }

func (a *sourcesList) register(f *flags) {
	f.BoolVar(&a.known, "known", false, "list the starter list")
	f.BoolVar(&a.json, "json", false, "print JSON")
}

// sourceLine is one source as list prints it.
type sourceLine struct {
	Name     string `json:"name"`
	URL      string `json:"url"`
	Region   string `json:"region,omitempty"`
	Kind     string `json:"kind,omitempty"` // outlet or government; of the starter list
	Known    bool   `json:"known"`          // of the starter list
	On       bool   `json:"on"`             // crawled
	Verified *bool  `json:"verified,omitempty"`
}

func (a *sourcesList) run(_ context.Context, e *env, _ []string) int {
	lines := []sourceLine{}
	for _, s := range e.sources {
		lines = append(lines, sourceLine{Name: s.name, URL: s.url, Region: s.region, Known: s.known, On: true})
	}
	if a.known {
		list, err := crawler.Known()
		if err != nil {
			return e.fail(err)
		}
		lines = knownLines(list, e.sources)
	}
	if a.json {
		return e.printJSON(map[string]any{"sources": lines})
	}
	if len(lines) == 0 {
		e.say(`no sources in %s; add one with "pakta sources add URL", or see "pakta sources list --known"`, e.config)
		return exitDone
	}
	table := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
	for _, l := range lines {
		note := l.Kind
		if a.known && l.On {
			note += ", on"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", l.Name, l.Region, l.URL, note)
	}
	if err := table.Flush(); err != nil {
		return e.fail(fmt.Errorf("print sources: %w", err))
	}
	if a.known {
		e.say(`none of these addresses was verified; "pakta sources check" tries those that are on`)
	}
	return exitDone
}

// knownLines is the starter list, with what of it is on.
func knownLines(list []crawler.KnownSource, on []source) (lines []sourceLine) {
	verified := false
	for _, k := range list {
		isOn := slices.ContainsFunc(on, func(s source) bool { return s.known && s.name == k.Name })
		lines = append(lines, sourceLine{k.Name, k.URL, k.Region, k.Kind, true, isOn, &verified})
	}
	return lines
}

// printJSON prints one value and gives the exit code.
func (e *env) printJSON(v any) int {
	line, err := marshalLine(v)
	if err == nil {
		_, err = e.stdout.Write(line)
	}
	if err != nil {
		return e.fail(err)
	}
	return exitDone
}

// inspectOptions are the crawler's options for looking at sites.
func (c *crawlFlags) inspectOptions(e *env) (crawler.Options, error) {
	sites, err := e.siteRules()
	return crawler.Options{Sites: sites, Contact: c.contact, Delay: &c.delay, Concurrency: c.concurrency, AllowPrivate: c.allowPrivate, OnePerIP: c.onePerIP, ObeyNoIndex: c.obeyNoIndex}, err
}
