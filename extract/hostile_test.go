package extract

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pakta"
)

// hostile are texts of which a megabyte must be read in linear time. Each is
// repeated; lines that are repeated put a line feed between.
var hostile = []struct{ name, unit string }{
	{"one word", "kata"},
	{"one number", "7"},
	{"commas", ","},
	{"quotes", `"`},
	{"brackets", "("},
	{"closed brackets", "() "},
	{"and", "dan "},
	{"stops", ". "},
	{"regions", "Kabupaten Batang Hari, Kota Bandung, Jambi, Sarolangun dan Batu, "},
	{"bare regions", "Merangin Kerinci Bungo Tebo "},
	{"initials", "A. B. C. "},
	{"instruments", "kesepakatan bersama MoU PKS nota kesepahaman "},
	{"acts", "menandatangani sepakat ditandatangani kerja sama dengan "},
	{"persons", "Bupati Merangin Ruslan Effendi, Wakil Bupati Kerinci Hj. Salmah Yunus, M.Si. "},
	{"numbered persons", "Bupati Merangin %s Effendi bersama Camat %s. "},
	{"surnames", "Ruslan Effendi Salmah Yunus "},
	{"offices", "Bupati Kepala Dinas Sekretaris Daerah Camat Pj. "},
	{"collectives", "para Camat, kepala OPD, "},
	{"bodies", "PT Bank %s (Persero), Universitas %s, Kejaksaan Negeri %s dan "},
	{"aliases", "Universitas %s (U%s) dan U%s "},
	{"foreign", "Pemerintah Kota %s, Tiongkok dan %s, Jepang. "},
	{"dates", "Jumat (8/8/2025), 9 Agustus 2024, 3-5 Maret, kemarin "},
	{"days without years", "Jumat (8/8) dan (9/8) serta 3 Maret "},
	{"laws", "Pasal 3 ayat (1) UU Nomor 23 Tahun 2014 tentang Pemerintahan Daerah, PP 28/2018, UU tersebut, "},
	{"numbered laws", "UU %d/%d "},
	{"pinpoints", "Pasal %d UU 23/2014 dan "},
	{"clauses", "Bupati Merangin dan Bupati Kerinci meneken MoU pendidikan di Aula pada Jumat (8/8/2025) serta "},
	{"old clauses", "meneken MoU pada 9 Agustus 2024 di Aula Serbaguna sebelumnya "},
	{"relative days", "kemarin meneken MoU di Aula "},
	{"spoken", "kata Bupati Ruslan Effendi, \"MoU diteken hari ini "},
	{"own words", "kami meneken MoU dengan PT Bank, kata Bupati Merangin, "},
	{"thanks", "dengan PT Bank mengapresiasi dan berterima kasih kepada Bupati Merangin "},
	{"counted sides", "antara kedua daerah, mereka adalah Bupati Merangin dan Bupati Kerinci, "},
	{"before", "setelah PT Bank, selain dengan Bupati Merangin, menjalin kerja sama "},
	{"clubs", "DPD Himpunan Ikatan Persatuan Kota Bandung "},
	{"document numbers", "Nomor 100.3.7.1/12/KSB/2025 "},
	{"numbered documents", "Nomor %d/12/KSB/2025 "},
	{"money", "senilai Rp 3.500.000.000,00 selama 3 (tiga) tahun "},
	{"sectors", "bidang pendidikan, kesehatan, pariwisata; "},
	{"venues", "di Aula Kantor Bupati Merangin "},
	{"forums", "Kedungsepur Barlingmascakeb "},
	{"items", "1. Pendidikan\n"},
	{"bullets", "- Kota Bandung: pendidikan\n"},
	{"sentences", "Bupati Merangin dan Bupati Kerinci meneken MoU di Aula pada Jumat. "},
	{"short lines", "Merangin\n"},
	{"blank lines", "\n\n"},
	{"read also", "BACA JUGA: Bupati Merangin\n"},
	{"colons", "menandatangani:\n"},
	{"he", "Suami Salmah ini. Bupati itu. "},
	{"not ASCII", "“Sa’aduddin” – é "},
}

// hostileText repeats a unit, with other words for its verbs each time, behind
// a lead that reports an agreement, so that nothing is left out.
func hostileText(unit string, size int) string {
	var b strings.Builder
	b.WriteString("Pemerintah Kabupaten Merangin dan Pemerintah Kabupaten Kerinci menandatangani kesepakatan bersama pada Jumat (8/8/2025) yang meliputi pendidikan ")
	for n := 0; b.Len() < size; n++ {
		if !strings.Contains(unit, "%") {
			b.WriteString(unit)
			continue
		}
		args := make([]any, strings.Count(unit, "%"))
		for i := range args {
			if args[i] = hostileName(n); strings.Contains(unit, "%d") {
				args[i] = []int{n % 9999, 1945 + n/9999}[i]
			}
		}
		fmt.Fprintf(&b, unit, args...)
	}
	return b.String()
}

// hostileName is a name that differs from all others in several letters.
func hostileName(n int) string {
	name := []byte("A")
	for ; n > 0; n /= 20 {
		name = append(name, "bcdfghjklmnpqrstvwxz"[n%20], "aeiou"[n%5])
	}
	return string(name)
}

// hostileEnv names what [TestHostileChild] reads: a size and a name.
const hostileEnv = "PAKTA_TEST_HOSTILE"

// TestHostileChild reads one hostile text when [TestLinear] has started it.
func TestHostileChild(t *testing.T) {
	var size int
	var name string
	if n, _ := fmt.Sscanf(os.Getenv(hostileEnv), "%d %q", &size, &name); n != 2 {
		t.Skip("TestLinear starts it")
	}
	for _, h := range hostile {
		if h.name == name {
			r := newTestExtractor(t).Extract(&pakta.Article{ID: "a", Title: "Merangin dan Kerinci", Text: hostileText(h.unit, size)})
			checkEvidence(t, r, "Merangin dan Kerinci\n\n"+hostileText(h.unit, size))
		}
	}
}

// linearEnv asks for [TestLinear]; make test and .ci/run set it.
const linearEnv = "PAKTA_LINEAR"

// TestLinear: four times the hostile text takes at most five times the steps.
// Steps are statements executed, in this package and in slices and strings, as
// a build for test coverage counts them: exact, and free for the program.
// Sorting, which is n log n, has the fifth time.
func TestLinear(t *testing.T) {
	if os.Getenv(linearEnv) != "required" {
		t.Skip(linearEnv + " is not \"required\": it builds a program of its own, which takes a minute")
	}
	program := filepath.Join(t.TempDir(), "extract.test")
	build := exec.Command("go", "test", "-c", "-covermode=count", "-coverpkg=pakta/extract,slices,strings", "-o", program, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, h := range hostile {
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			none := countSteps(t, program, h.name, 0)
			once := countSteps(t, program, h.name, hostileSize)
			often := countSteps(t, program, h.name, 4*hostileSize)
			if a, b := once.total()-none.total(), often.total()-none.total(); b > 5*a {
				t.Errorf("%d steps for %d bytes, %d for %d: %.1f times\n%s", a, hostileSize, b, 4*hostileSize, float64(b)/float64(a), often.worst(once))
			}
		})
	}
}

// hostileSize is a quarter of the largest text, which has a megabyte.
const hostileSize = 1 << 18

// steps is how often each block of statements was executed, times the number
// of statements in it.
type steps map[string]int

func countSteps(t *testing.T, program, name string, size int) steps {
	t.Helper()
	profile := filepath.Join(t.TempDir(), "profile")
	child := exec.Command(program, "-test.run=^TestHostileChild$", "-test.coverprofile="+profile)
	child.Env = append(os.Environ(), fmt.Sprintf("%s=%d %q", hostileEnv, size, name))
	if out, err := child.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	f, err := os.Open(profile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := steps{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var block string
		var statements, times int
		if n, _ := fmt.Sscan(lines.Text(), &block, &statements, &times); n == 3 {
			s[block] = statements * times
		}
	}
	if len(s) == 0 {
		t.Fatal("the profile counts nothing")
	}
	return s
}

func (s steps) total() int {
	n := 0
	for _, c := range s {
		n += c
	}
	return n
}

// worst are the blocks that grew most over what is linear.
func (s steps) worst(once steps) string {
	var blocks []string
	for b := range s {
		if s[b] > 5*once[b] && s[b] > 1<<20 {
			blocks = append(blocks, b)
		}
	}
	slices.SortFunc(blocks, func(a, b string) int { return s[b] - s[a] })
	var out strings.Builder
	for _, b := range blocks[:min(len(blocks), 8)] {
		fmt.Fprintf(&out, "\t%s: %d, then %d\n", b, once[b], s[b])
	}
	return out.String()
}

// TestSearchesAreBounded: what reads the whole text each time is done so often an
// article and no more, however many short forms there are to look for.
func TestSearchesAreBounded(t *testing.T) {
	x := newTestExtractor(t)
	a := Normalize(&pakta.Article{ID: "a", Title: "Bupati Kendal dan KR BNN Teken MoU", Text: strings.Repeat("KR BNN dan Kepala Bapenda Kendal meneken MoU. ", 2*maxSearches)})
	s := &scratch{}
	s.load(x, a)
	s.doc.reset(x, a, string(s.buf))
	s.doc.read()
	if s.doc.searches != maxSearches {
		t.Errorf("%d searches, want %d", s.doc.searches, maxSearches)
	}
}
