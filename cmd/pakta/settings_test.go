package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// writeConfig makes a configuration file.
func writeConfig(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pakta.yaml")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPrecedence(t *testing.T) {
	file := "crawler: {delay: 3s}\nsources: [{name: a, url: \"https://a.example/\", region: 15.04}]\nrules_dir: /nowhere\n"
	for _, tt := range []struct {
		name        string
		environment string
		flag        string
		want        time.Duration
	}{
		{name: "file", want: 3 * time.Second},
		{name: "environment over file", environment: "4s", want: 4 * time.Second},
		{name: "flag over both", environment: "4s", flag: "5s", want: 5 * time.Second},
	} {
		t.Run(tt.name, func(t *testing.T) {
			environment := map[string]string{"HOME": "/nowhere", "PAKTA_CONFIG": writeConfig(t, file), "PAKTA_CRAWLER_DELAY": tt.environment}
			e := &env{stderr: &bytes.Buffer{}, stdout: &bytes.Buffer{}, lookupEnv: func(k string) (string, bool) { v, ok := environment[k]; return v, ok }}
			var code int
			root := newRoot(e, &code)
			crawl, _, err := root.Find([]string{"crawl"})
			if err != nil {
				t.Fatal(err)
			}
			args := []string{}
			if tt.flag != "" {
				args = append(args, "--delay", tt.flag)
			}
			if err := crawl.ParseFlags(args); err != nil {
				t.Fatal(err)
			}
			if err := settleForTest(crawl, e); err != nil {
				t.Fatal(err)
			}
			if got, _ := crawl.Flags().GetDuration("delay"); got != tt.want {
				t.Errorf("delay = %s, want %s", got, tt.want)
			}
			want := []source{{name: "a", url: "https://a.example/", region: "15.04", line: 2}}
			if diff := cmp.Diff(want, e.sources, cmp.AllowUnexported(source{})); diff != "" {
				t.Errorf("sources (-want +got):\n%s", diff)
			}
		})
	}
}

// settleForTest settles a command with the shared flags of its root.
func settleForTest(cmd *cobra.Command, e *env) error {
	shared := &sharedFlags{}
	set := pflag.NewFlagSet("shared", pflag.ContinueOnError)
	shared.register(set)
	shared.config, _ = e.lookupEnv("PAKTA_CONFIG")
	return settle(cmd, e, shared)
}

func TestDataDirectory(t *testing.T) {
	for _, tt := range []struct {
		name        string
		environment map[string]string
		args        []string
		want        string
	}{
		{name: "flag", environment: map[string]string{"HOME": "/h", "PAKTA_DATA": "/e"}, args: []string{"--data", "/f"}, want: "/f"},
		{name: "environment", environment: map[string]string{"HOME": "/h", "PAKTA_DATA": "/e"}, want: "/e"},
		{name: "XDG", environment: map[string]string{"HOME": "/h", "XDG_DATA_HOME": "/x"}, want: "/x/pakta"},
		{name: "relative XDG does not count", environment: map[string]string{"HOME": "/h", "XDG_DATA_HOME": "x"}, want: "/h/.local/share/pakta"},
		{name: "home", environment: map[string]string{"HOME": "/h"}, want: "/h/.local/share/pakta"},
	} {
		out := runIn(t, tt.environment, "", append([]string{"status"}, tt.args...)...)
		out.want(t, exitDone, "data     "+tt.want+"\n")
	}
	runIn(t, map[string]string{}, "", "status").want(t, exitUsage, "no data directory", "--data")
}

func TestBadConfig(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"unknown key", "crawler:\n  dely: 2s\n", []string{"pakta.yaml:2:3: unknown key crawler.dely; did you mean crawler.delay?"}},
		{"unknown section", "crawlr: {delay: 2s}\n", []string{":1:1: unknown key crawlr; did you mean crawler?"}},
		{"key without its section", "contact: x\n", []string{":1:1: unknown key contact; did you mean crawler.contact?"}},
		{"unknown key of a source", "sources:\n  - {name: a, ulr: \"https://a.example/\"}\n", []string{":2:15: unknown key ulr in sources; did you mean url?", "needs a name and a url"}},
		{"wrong type", "crawler: {delay: soon}\n", []string{":1:18: crawler.delay:", "soon"}},
		{"not a boolean", "crawler: {allow_private: \"yes\"}\n", []string{"want true or false"}},
		{"list for a value", "data: [a, b]\n", []string{":1:7: data: want one value, got a list"}},
		{"value for a section", "crawler: 5\n", []string{":1:10: crawler: want keys with values"}},
		{"value for sources", "sources: x\n", []string{"sources: want a list"}},
		{"bad night", "crawler: {night: late}\n", []string{"22:00-05:00"}},
		{"duplicate key", "data: /a\ndata: /b\n", []string{":2:1:", "already defined"}},
		{"empty source", "sources: [{}]\n", []string{":1:11: sources: an entry needs a name and a url"}},
		{"duplicate source", "sources:\n- {name: a, url: \"http://a.example\"}\n- {name: a, url: \"http://b.example\"}\n", []string{"the name a is taken by line 2"}},
		{"bad address", "sources: [{name: a, url: \"ftp://a.example\"}]\n", []string{"want an address such as"}},
		{"trust of a source that is no boolean", "sources: [{name: a, url: \"http://a.example\", insecure_tls: maybe}]\n", []string{":1:60: sources: insecure_tls: want true or false"}},
		{"bad region", "sources: [{name: a, url: \"http://a.example\", region: Jambi}]\n", []string{"Kemendagri code"}},
		{"bad name", "sources: [{name: \"a b\", url: \"http://a.example\"}]\n", []string{"want letters, digits"}},
		{"tab", "crawler:\n\tdelay: 2s\n", []string{":2:1:"}},
		{"syntax", "crawler: {delay: 2s\n", []string{"pakta.yaml:1:"}},
		{"alias bomb", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", []string{":1:4: anchors, aliases and merge keys are not supported"}},
		{"tag", "data: !!binary eA==\n", []string{"not supported"}},
		{"two documents", "data: /a\n---\ndata: /b\n", []string{"one document only"}},
		{"not a mapping", "- a\n", []string{"want keys with values"}},
		{"brackets", strings.Repeat("[", 10_000), []string{"nested too deeply"}},
		{"dashes", strings.Repeat("- ", 10_000), []string{"nested too deeply"}},
		{"many keys", strings.Repeat("a: 1\n", 50_000), []string{"too long"}},
		{"huge", "# " + strings.Repeat("x", maxConfigBytes), []string{"at most 1048576 bytes"}},
		{"binary", "data: \x00\xff", []string{"not a text file"}},
		{"all complaints", "a: 1\ncrawler: {delay: x, b: 2}\n", []string{":1:1: unknown key a", ":2:18: crawler.delay", ":2:21: unknown key crawler.b"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			began := time.Now()
			runIn(t, home(t), "", "status", "--config", writeConfig(t, tt.text)).want(t, exitUsage, tt.want...)
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}

func TestConfigFileThatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	runIn(t, home(t), "", "status", "--config", dir).want(t, exitUsage, dir)
	runIn(t, home(t), "", "status", "--config", filepath.Join(dir, "none.yaml")).want(t, exitUsage, "no such file")
	runIn(t, home(t), "", "status", "--data", dir).want(t, exitDone)
}

func TestBadEnvironment(t *testing.T) {
	environment := home(t)
	environment["PAKTA_CRAWLER_DELAY"] = "soon"
	runIn(t, environment, "", "crawl").want(t, exitUsage, "environment variable PAKTA_CRAWLER_DELAY", `"soon"`, "--delay")
}

func TestEveryFlagHasKeyAndVariable(t *testing.T) {
	var code int
	seen := map[string]string{}
	eachFlag(newRoot(&env{}, &code), func(f *pflag.Flag) {
		if f.Usage == "" {
			t.Errorf("flag --%s has no help", f.Name)
		}
		if other, dup := seen[key(f)]; dup && other != f.Name {
			t.Errorf("flags --%s and --%s have the key %s", other, f.Name, key(f))
		}
		seen[key(f)] = f.Name
		if v := variable(f); v == "PAKTA_" || strings.ContainsAny(v, "-. ") {
			t.Errorf("flag --%s has the variable %q", f.Name, v)
		}
	})
	for _, k := range []string{"data", "rules_dir", "crawler.contact", "crawler.delay", "crawler.concurrency", "crawler.allow_private", "crawler.night", "schedule.cron", "schedule.zone"} {
		if seen[k] == "" {
			t.Errorf("no flag has the key %s", k)
		}
	}
}

func FuzzConfig(f *testing.F) {
	f.Add("crawler: {delay: 2s}\nsources: [{name: a, url: \"https://a.example/\"}]\n")
	f.Add("- [a: {b}]\n? x\n: y\n")
	f.Add("sources: [{}]\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 10_000 {
			return
		}
		c, err := parseConfig("pakta.yaml", []byte(text))
		if err != nil {
			return
		}
		for _, s := range c.apply(map[string][]*pflag.Flag{}) {
			if c.err() == nil && (s.name == "" || s.url == "") {
				t.Errorf("source %+v was accepted", s)
			}
		}
	})
}
