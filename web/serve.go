package web

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// The limits of a connection. They are generous to people on slow lines and
// short for clients that send a byte a second to hold a connection.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 10 * time.Second
	// writeTimeout is renewed by exports as long as the client reads.
	writeTimeout = 30 * time.Second
	idleTimeout  = 60 * time.Second
	// maxHeader is four times what browsers send.
	maxHeader = 32 << 10
	// grace is how long requests under way may take to end at shutdown.
	grace = 5 * time.Second
)

// Serve answers on the listener until ctx is done, then lets the requests
// under way end for a few seconds. It closes the listener. The error is nil
// when it ended because ctx was done.
func Serve(ctx context.Context, l net.Listener, h http.Handler) error {
	base, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	srv := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		BaseContext:       func(net.Listener) context.Context { return base },
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	err := shutdown(srv, cancel)
	<-ended // always http.ErrServerClosed now
	if err != nil {
		return fmt.Errorf("stop serving %s: %w", l.Addr(), err)
	}
	return nil
}

// shutdown waits for requests under way, then cancels and cuts off the rest.
func shutdown(srv *http.Server, cancel context.CancelFunc) error {
	ctx, stop := context.WithTimeout(context.Background(), grace)
	defer stop()
	err := srv.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		cancel()
		return srv.Close()
	}
	return err
}
