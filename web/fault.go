package web

import (
	"context"
	"errors"
	"net/http"

	"pakta/index"
)

// fault is an answer other than the one asked for: a status code, and the key
// of the text that tells a person what happened and what to do.
type fault struct {
	code int
	key  string
	args []any
	// detail is shown as it is, untranslated: what the query language says.
	detail string
}

// Error names the fault for the log.
func (f *fault) Error() string { return f.key + ": " + f.detail }

// The faults that carry no arguments.
var (
	errNoRoute = &fault{code: http.StatusNotFound, key: "fault.route"}
	errNoID    = &fault{code: http.StatusNotFound, key: "fault.agreement"}
	errMethod  = &fault{code: http.StatusMethodNotAllowed, key: "fault.method"}
	errHost    = &fault{code: http.StatusMisdirectedRequest, key: "fault.host"}
	errLength  = &fault{code: http.StatusRequestURITooLong, key: "fault.length"}
	errBusy    = &fault{code: http.StatusServiceUnavailable, key: "fault.busy"}
)

// badParameter is the fault of a parameter that says something not allowed.
func badParameter(name, value, allowed string) *fault {
	const enough = 60 // to recognise what one wrote
	return &fault{code: http.StatusBadRequest, key: "fault.parameter", args: []any{name, clip(value, enough), allowed}}
}

// asFault sorts an error of any layer into what the client is told; id ties
// what the client is told to the log. ours says whether there is something to
// log.
func (s *site) asFault(err error, id string) (f *fault, ours bool) {
	switch {
	case errors.As(err, &f):
		return f, false
	case errors.Is(err, index.ErrQuery):
		return &fault{code: http.StatusBadRequest, key: "fault.query", detail: err.Error()}, false
	case errors.Is(err, s.NotFound):
		return errNoID, false
	case errors.Is(err, context.DeadlineExceeded):
		return errBusy, true
	case errors.Is(err, context.Canceled):
		return errBusy, false // nobody is there to read it
	}
	return &fault{code: http.StatusInternalServerError, key: "fault.inside", args: []any{id}}, true
}
