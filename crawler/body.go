package crawler

import (
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// containers are the elements that hold the article in common systems, surest
// first: WordPress and its themes, portals, Blogspot, Joomla, Drupal, the
// templates of government sites.
var containers = []string{
	`[itemprop="articleBody"]`, ".read__content", ".detail__body-text", ".detail-text", ".side-article", ".txt-article", ".artikel",
	".entry-content", ".td-post-content", ".post-content", ".single-content", ".jeg_main_content .content-inner", ".content-inner",
	".post-body", ".article-content", ".article-body", ".article__content", ".article_content", ".news-content", ".konten-berita", ".isi-berita", ".isi_berita", ".detail-berita",
	".berita-detail", ".content-detail", ".detail_text", ".itp_bodycontent", ".item-page", ".itemFullText", ".field-name-body", ".node__content", "article .content",
	".blog-detail", ".blog-content", ".page-content", "#isi", "#content-berita", "article", "main",
}

// clutter is what is never part of an article's text.
const clutter = `script, style, noscript, iframe, form, nav, aside, footer, header, figure, figcaption, button, select, svg, template, ins,
	.wp-caption, .wp-caption-text, .caption, .sharedaddy, .share, .social, .jp-relatedposts, .related, .related-posts, .baca-juga, .bacajuga,
	.terkait, .berita-terkait, .lihatjg, .linksisip, .inline-related, .advertisement, .ads, .iklan, .adsbygoogle, .comments, #comments, .comment, .komentar,
	.tags, .tag-list, .post-tags, .breadcrumb, .breadcrumbs, .pagination, .page-links, .post-navigation, .author-box, .newsletter, .sidebar, .widget,
	.code-block, .post-meta, .entry-meta, .sr-only, .screen-reader-text, [hidden], [aria-hidden="true"]`

// bodyText is the article's text: paragraphs with a blank line between.
func bodyText(doc *goquery.Document, title string) string {
	body := doc.Find("body").Clone()
	body.Find(clutter).Remove()
	best, bestScore := []string(nil), 0
	for _, sel := range containers {
		body.Find(sel).Each(func(_ int, s *goquery.Selection) {
			if lines := blockLines(s); prose(lines) > bestScore {
				best, bestScore = lines, prose(lines)
			}
		})
		if bestScore > 3*minText {
			break
		}
	}
	if bestScore <= minText {
		if lines := densest(body); prose(lines) > bestScore {
			best = lines
		}
	}
	text := strings.Join(withoutNoise(best, title), "\n\n")
	if len(text) > maxText {
		text = text[:strings.LastIndexByte(text[:maxText], '\n')+1]
	}
	return strings.TrimSpace(text)
}

// prose counts the bytes of lines that read like sentences.
func prose(lines []string) int {
	n := 0
	for _, l := range lines {
		if len(l) >= 50 {
			n += len(l)
		}
	}
	return n
}

// densest is the element whose own paragraphs hold the most prose: what is
// left when no mark of a known system is there.
func densest(body *goquery.Selection) []string {
	best, bestScore := []string(nil), 0
	body.Find("div, section, td, article, main").Each(func(_ int, s *goquery.Selection) {
		direct := 0
		s.Children().Each(func(_ int, c *goquery.Selection) {
			if c.Is("p, ul, ol, blockquote") {
				direct += len(c.Text()) - 2*len(c.Find("a").Text())
			}
		})
		for n := s.Nodes[0].FirstChild; n != nil; n = n.NextSibling {
			if n.Type == html.TextNode {
				direct += len(strings.TrimSpace(n.Data))
			}
		}
		if direct > bestScore {
			best, bestScore = blockLines(s), direct
		}
	})
	if best == nil {
		return blockLines(body)
	}
	return best
}

// blocks end a line before and after them.
var blocks = map[string]bool{
	"p": true, "div": true, "br": true, "li": true, "ul": true, "ol": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true,
	"blockquote": true, "tr": true, "table": true, "section": true, "article": true, "pre": true, "dd": true, "dt": true, "hr": true, "figure": true,
}

// blockLines is the text of an element, a line for each block, cleaned.
func blockLines(s *goquery.Selection) []string {
	var lines []string
	var b strings.Builder
	flush := func() {
		if l := clean(b.String()); l != "" {
			lines = append(lines, l)
		}
		b.Reset()
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
			return
		}
		block := n.Type == html.ElementNode && blocks[n.Data]
		if block {
			flush()
		} else if n.Type == html.ElementNode && (n.Data == "td" || n.Data == "th") {
			b.WriteByte(' ')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if block {
			flush()
		}
	}
	for _, n := range s.Nodes {
		walk(n)
	}
	flush()
	return lines
}

// paragraphs splits a plain text into cleaned lines.
func paragraphs(text string) []string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if l := clean(line); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// noiseLine is a line that newsrooms put among paragraphs and that is no part
// of them. It is asked of single lines of bounded length.
var noiseLine = regexp.MustCompile(`(?i)^\W{0,4}(baca (juga|selengkapnya|lainnya|artikel)|simak (juga|berita|video)|lihat juga|artikel terkait|berita terkait|bagikan( (ini|artikel))?|share (this|on)|` +
	`scroll (untuk|to)|advertisement|iklan|tags?\s*:|tag terkait|editor\s*:|penulis\s*:|reporter\s*:|pewarta\s*:|sumber\s*:|ikuti (kami|berita)|follow|dapatkan (update|berita)|` +
	`klik (di sini|link)|komentar|leave a (reply|comment)|facebook|twitter|whatsapp|telegram|copyright|hak cipta|©|dilihat|print|cetak|selanjutnya|sebelumnya|next|previous)\b`)

// maxNoise is the length up to which a line can be such a line; a longer one
// only begins with the words.
const maxNoise = 220

// withoutNoise leaves out noise, the repeated headline and repeated lines.
func withoutNoise(lines []string, title string) []string {
	var out []string
	seen := map[string]bool{}
	for _, l := range lines {
		key := foldTitle(l)
		if len(l) <= maxNoise && noiseLine.MatchString(l) || key == foldTitle(title) || seen[key] && len(l) > 30 {
			continue
		}
		if len(strings.Trim(l, "|-–—•·*_=. ")) < 2 {
			continue
		}
		seen[key] = true
		out = append(out, l)
	}
	return out
}
