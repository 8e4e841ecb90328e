package web_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"pakta"
)

// payloads are what an article or a query might smuggle in.
var payloads = []string{
	`<script data-x>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `'onmouseover='alert(1)`, `</title><script data-x>alert(1)</script>`,
	`{{.Version}}`, `<svg/onload=alert(1)>`, "\x00<b data-x>", `&lt;script data-x&gt;`,
}

// browser starts a browser for the test, or skips it. PAKTA_BROWSER=required
// makes its absence a failure.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		const message = "no chromium on PATH: on Debian, apt-get install chromium"
		if os.Getenv("PAKTA_BROWSER") == "required" {
			t.Fatal(message)
		}
		t.Skip(message)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-quic", true))
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start browser: %v", err)
	}
	timed, cancelTimed := context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(cancelTimed)
	return timed
}

// script switches JavaScript of the page; what a test evaluates runs anyway.
func script(on bool) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	})
}

func scheme(name string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}},
		})
		return err
	})
}

func TestBrowserPagesFit(t *testing.T) {
	ctx := browser(t)
	srv := httptest.NewServer(handler(t, options(library())))
	defer srv.Close()
	shots := os.Getenv("PAKTA_SCREENSHOTS") // a folder to keep pictures in
	for name, target := range map[string]string{
		"start": "/", "start-en": "/?lang=en", "filtered": "/?q=surabaya&region=35.78&status=signed", "empty": "/?q=tiada",
		"agreement": "/agreements/15.03-15.04_KB_2025_1", "agreement-en": "/agreements/15.03-15.04_KB_2025_1?lang=en",
		"about": "/about", "fault": "/?q=%22x",
	} {
		for _, size := range [][2]int64{{360, 740}, {1280, 900}} {
			for _, light := range []string{"light", "dark"} {
				err := chromedp.Do(ctx, script(false), scheme(light), chromedp.EmulateViewport(size[0], size[1]), chromedp.Navigate(srv.URL+target))
				if err != nil {
					t.Fatalf("%s: %v", target, err)
				}
				width, err := chromedp.Run(ctx, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`))
				if err != nil {
					t.Fatalf("%s: %v", target, err)
				}
				if width > size[0] {
					t.Errorf("%s is %d px wide in a window of %d", target, width, size[0])
				}
				if shots != "" {
					keep(t, ctx, filepath.Join(shots, fmt.Sprintf("%s-%d-%s.png", name, size[0], light)))
				}
			}
		}
	}
}

func keep(t *testing.T, ctx context.Context, path string) {
	t.Helper()
	picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, picture, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestBrowserSearchesWithoutScript(t *testing.T) {
	ctx := browser(t)
	srv := httptest.NewServer(handler(t, options(library())))
	defer srv.Close()
	err := chromedp.Do(ctx, script(false), chromedp.Navigate(srv.URL+"/?lang=en"),
		chromedp.SendKeys(chromedp.CSS("#q"), "sarolangun"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(".box button"))); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(".list h3 a"))); err != nil {
		t.Fatal(err)
	}
	got, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.documentElement.lang + " " + document.querySelector("h1").textContent + " " + (document.querySelectorAll("mark").length > 5)`))
	if err != nil {
		t.Fatal(err)
	}
	if want := "en Kabupaten Batang Hari and Kabupaten Sarolangun true"; got != want {
		t.Errorf("after the search: %q, want %q", got, want)
	}
}

func TestBrowserRunsNothingFromArticles(t *testing.T) {
	ctx := browser(t)
	for _, p := range payloads {
		srv := httptest.NewServer(handler(t, options(hostile(p))))
		for _, target := range []string{"/", "/agreements/evil", "/about"} {
			if err := chromedp.Do(ctx, script(true), chromedp.Navigate(srv.URL+target)); err != nil {
				t.Fatalf("%s with %q: %v", target, p, err)
			}
			n, err := chromedp.Run(ctx, chromedp.Evaluate[int](
				`document.querySelectorAll("script, [data-x], [onerror], [onload], [onmouseover], a[href^='javascript']").length`))
			if err != nil || n != 0 {
				t.Errorf("%s with %q: %d live nodes, %v", target, p, n, err)
			}
		}
		srv.Close()
	}
}

// hostile is an archive whose every text is the payload.
func hostile(p string) *memory {
	a := article("e", "x.test", p, p+". "+p)
	a.URL, a.Site = "javascript:alert(1)", p
	e := words(a, p, p)
	return &memory{version: p, articles: map[string]*pakta.Article{"e": a}, agreements: []*pakta.Agreement{{
		ID: "evil", Reports: []pakta.ArticleRef{reference(a)}, Status: pakta.Status(p), Kind: pakta.Kind(p),
		SignedOn:  &pakta.SignedOn{Value: "2025-" + p, Evidence: []pakta.Evidence{e}},
		Parties:   []pakta.Party{{Name: p, Type: pakta.PartyType(p), Region: pakta.Maybe(p), Evidence: []pakta.Evidence{e}}},
		Officials: []pakta.Official{{Name: pakta.Maybe(p), Evidence: []pakta.Evidence{{Text: p, Start: -5, End: 1 << 40, Rule: p, Report: "e"}}}},
		Sectors:   []pakta.SectorMention{{Code: p, Name: p}},
		Conflicts: []pakta.FieldConflict{{Field: p, Values: []pakta.ConflictValue{{Value: p, Reports: []string{"e"}}}}},
	}}}
}
