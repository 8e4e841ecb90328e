package crawler

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
)

// unanswered reports whether an error means that no answer came at all: the
// host is down, or does not want to talk.
func unanswered(err error) bool {
	switch classify(err) {
	case "dns", "timeout", "slow", "tls", "connection":
		return true
	}
	return false
}

// nameless reports whether an error means that the host has no address.
func nameless(err error) bool {
	var dns *net.DNSError
	return errors.As(err, &dns) && dns.IsNotFound
}

// final reports whether an error will be the same tomorrow, so that trying
// again is of no use.
func final(err error) bool {
	switch classify(err) {
	case "too_large", "private_address", "redirect", "port":
		return true
	}
	return false
}

// classify names the class of an error, for reports.
func classify(err error) string {
	for _, c := range []struct {
		err   error
		class string
	}{
		{ErrPrivate, "private_address"}, {ErrTooLarge, "too_large"}, {errPort, "port"}, {errEncoding, "encoding"},
		{errBusy, "back_off"}, {errSilent, "silent"}, {errRedirect, "redirect"}, {errSlow, "slow"}, {errWall, "blocked"},
		{io.ErrUnexpectedEOF, "cut_off"}, {context.DeadlineExceeded, "timeout"},
	} {
		if errors.Is(err, c.err) {
			return c.class
		}
	}
	var dns *net.DNSError
	var status *statusError
	var timeout interface{ Timeout() bool }
	text := err.Error()
	switch {
	case errors.As(err, &dns):
		return "dns"
	case errors.As(err, &status):
		return "status"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	case strings.Contains(text, "tls:"), strings.Contains(text, "x509:"):
		return "tls"
	case strings.Contains(text, "gzip"), strings.Contains(text, "flate"), strings.Contains(text, "zlib"):
		return "cut_off"
	case strings.Contains(text, "refused"), strings.Contains(text, "reset"), strings.Contains(text, "broken pipe"), strings.Contains(text, "EOF"):
		return "connection"
	case strings.Contains(text, "malformed"), strings.Contains(text, "headers exceeded"):
		return "protocol"
	case strings.HasPrefix(text, "status "):
		return "status"
	case errors.Is(err, errRobots):
		return "robots"
	}
	return "other"
}
