package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

func TestAddEntry(t *testing.T) {
	s := source{name: "contoh.example", url: "https://contoh.example/", region: "15"}
	line := `{name: contoh.example, url: "https://contoh.example/", region: "15"}`
	for _, tt := range []struct{ name, in, want string }{
		{"empty", "", "sources:\n  - " + line + "\n"},
		{"no list", "# kepala\ncrawler: {delay: 3s} # santun\n", "# kepala\ncrawler: {delay: 3s} # santun\nsources:\n  - " + line + "\n"},
		{"no line end", "data: /x", "data: /x\nsources:\n  - " + line + "\n"},
		{"block", "sources:\n- {name: a, url: \"https://a.example/\"} # satu\n\n# jadwal\nschedule: {cron: \"0 2 * * *\"}\n",
			"sources:\n- {name: a, url: \"https://a.example/\"} # satu\n- " + line + "\n\n# jadwal\nschedule: {cron: \"0 2 * * *\"}\n"},
		{"long items", "sources:\n    - name: a\n      url: https://a.example/\ndata: /x\n", "sources:\n    - name: a\n      url: https://a.example/\n    - " + line + "\ndata: /x\n"},
		{"flow", "sources: [{name: a, url: \"https://a.example/\"}]\n", "sources: [{name: a, url: \"https://a.example/\"}, " + line + "]\n"},
		{"empty flow", "sources: []\n", "sources: [" + line + "]\n"},
		{"null", "sources:\ndata: /x\n", "sources:\n  - " + line + "\ndata: /x\n"},
		{"flow file", "{data: /x}\n", ""},
	} {
		got, err := addEntry("pakta.yaml", []byte(tt.in), s)
		if string(got) != tt.want || (err != nil) != (tt.want == "") {
			t.Errorf("%s: addEntry = %q, %v, want %q", tt.name, got, err, tt.want)
		}
	}
}

// TestInsecureEntry: what "sources add" writes for a site with a bad certificate
// is read back.
func TestInsecureEntry(t *testing.T) {
	text, err := addEntry("pakta.yaml", nil, source{name: "lama", url: "https://lama.example/", insecureTLS: true})
	if err != nil {
		t.Fatal(err)
	}
	c, err := parseConfig("pakta.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.apply(nil); len(got) != 1 || !got[0].crawled().InsecureTLS {
		t.Errorf("%s is read as %+v", text, got)
	}
}

func TestKnownInConfiguration(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"names", "known: [jubi, serambinews]\n", "serambinews jubi"},
		{"own entry wins", "known: [jubi]\nsources: [{name: punya, url: \"https://www.jubi.id/\"}]\n", "punya"},
		{"province", "known: [\"93\"]\n", "pemprov-papua-selatan"},
	} {
		c, err := parseConfig("pakta.yaml", []byte(tt.file))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range c.apply(nil) {
			got = append(got, s.name)
		}
		if strings.Join(got, " ") != tt.want || c.err() != nil {
			t.Errorf("%s: sources %v, %v, want %s", tt.name, got, c.err(), tt.want)
		}
	}
	environment := map[string]string{"HOME": t.TempDir(), "PAKTA_CONFIG": writeConfig(t, "known: [jubbi]\n")}
	runIn(t, environment, "", "sources", "list").want(t, exitUsage, "pakta.yaml:1:9", "did you mean jubi?")
}

func TestSourcesAddAndCheck(t *testing.T) {
	dir := newsroomDir(t, "delay: 0s")
	text, err := os.ReadFile(dir + "/pakta.yaml")
	if err != nil {
		t.Fatal(err)
	}
	runIn(t, home(t), "", "sources", "check", "--data", dir).want(t, exitDone, "kabar-nusa: ok", "newest article", "no problems")
	_, rest, _ := strings.Cut(string(text), "http://")
	address := "http://" + rest[:strings.IndexAny(rest, "\"/\n")] + "/"
	runIn(t, home(t), "", "sources", "add", address, "--data", dir).want(t, exitUsage, "already")

	fresh := home(t)
	add := []string{"sources", "add", address, "--allow-private", "--delay", "0s", "--name", "uji", "--region", "15"}
	runIn(t, fresh, "", append(add, "--dry-run")...).want(t, exitDone, "would add", "paragraphs")
	runIn(t, fresh, "", "sources", "list").want(t, exitDone, "no sources")
	runIn(t, fresh, "", add...).want(t, exitDone, "added to")
	runIn(t, fresh, "", "sources", "list").want(t, exitDone, "uji", address)
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	for wrong, want := range map[string]string{"contoh": "want an address", closed.URL + "/": "nothing answers there", address + "tidak/ada": "404"} {
		runIn(t, home(t), "", "sources", "add", wrong, "--name", "x", "--allow-private", "--delay", "0s").want(t, exitUsage, want)
	}
}
