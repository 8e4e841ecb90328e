package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// goldLine is an article of our own whose labels lack the venue and have a
// sector that the text does not.
const goldLine = `{"id":"own","published":"2025-08-12","title":"Merangin dan Kerinci Teken Nota Kesepahaman","text":"Pemerintah Kabupaten Merangin dan Pemerintah Kabupaten Kerinci menandatangani nota kesepahaman di Aula Kantor Bupati Merangin, Senin (11/8/2025).",` +
	`"gold":{"is_agreement":true,"instruments":["nota_kesepahaman"],"kind":"KSDD","status":"signed","signed_on":"2025-08-11","dates":[{"text":"11/8/2025","value":"2025-08-11"}],"venue":null,` +
	`"parties":[{"text":"Merangin","region":"Kabupaten Merangin"},{"text":"Kerinci","region":"Kabupaten Kerinci"}],"regions":["Kabupaten Merangin","Kabupaten Kerinci"],"officials":[],"legal_refs":[],"sectors":["1.02"]}}`

func TestEval(t *testing.T) {
	file := filepath.Join(t.TempDir(), "gold.jsonl")
	if err := os.WriteFile(file, []byte(goldLine+"\n\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	out := runIn(t, home(t), "", "eval", file)
	out.want(t, exitDone,
		"own\tvenue\twrong\tAula Kantor Bupati Merangin\tPemerintah Kabupaten Merangin dan",
		"own\tsectors\tmissed\t1.02 Kesehatan\t\n",
		"dates                    1.000  1.000  1.000  1.000-1.000      1",
		"1 articles, macro F1 0.846 ")
	if out := runIn(t, home(t), "", "eval", file, "--field", "venue"); strings.Contains(out.stdout, "1.02 Kesehatan") {
		t.Errorf("--field venue shows other faults: %s", out.stdout)
	}
	if out := runIn(t, home(t), "", "eval", file, "--summary"); strings.Contains(out.stdout, "missed") {
		t.Errorf("--summary shows faults: %s", out.stdout)
	}
	runIn(t, home(t), "", "eval", file, "--field", "venu").want(t, exitUsage, "did you mean venue?")
	runIn(t, home(t), "", "eval", file, "--floor", "0.9").want(t, exitFailed, "macro F1 0.846 is below 0.900")
	runIn(t, home(t), "", "eval", file, "--field-floor", "0.5").want(t, exitFailed, "F1 of venue is 0.000, below 0.500")
	runIn(t, home(t), "", "eval", filepath.Join(t.TempDir(), "none")).want(t, exitFailed, "no such file")
	runIn(t, home(t), "\n", "eval", "-").want(t, exitFailed, "no labelled articles")
	runIn(t, home(t), "", "eval").want(t, exitUsage)
}

// TestEvalBadLines: lines that are no labelled article are reported by place,
// the others count, in several files.
func TestEvalBadLines(t *testing.T) {
	dir := t.TempDir()
	first, second := filepath.Join(dir, "a.jsonl"), filepath.Join(dir, "b.jsonl")
	for name, text := range map[string]string{first: goldLine + "\n{\"id\":\"x\"\n", second: "{\"title\":\"Judul\"}\n" + goldLine} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out := runIn(t, home(t), "", "eval", "--json", first, second)
	out.want(t, exitFailed, first+":2: not an article", second+":1: the article has no labels")
	var got struct {
		Schema             string
		Articles, Rejected int
		Fields             map[string]struct{ N int }
		Faults             []struct{ Article, Field string }
	}
	if err := json.Unmarshal([]byte(out.stdout), &got); err != nil {
		t.Fatal(err)
	}
	if got.Schema != "pakta.eval/1" || got.Articles != 2 || got.Rejected != 2 || got.Fields["regions"].N != 4 || len(got.Faults) != 4 {
		t.Errorf("report %+v", got)
	}
}
