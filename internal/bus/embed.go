package bus

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"entente/internal/centre"
)

// embed starts a server in this process that nobody outside can reach. If its
// files are damaged they are deleted: they hold nothing but notices.
func embed(o Options) (*server.Server, error) {
	if err := os.MkdirAll(o.Folder, 0o700); err != nil {
		return nil, centre.Refuse(centre.CodeUnavailable, "The folder %s cannot be made for the message bus: %w", o.Folder, err)
	}
	s, err := start(o)
	if err == nil {
		return s, nil
	}
	o.Log.Warn("The message bus did not start; its files are deleted and it is tried again.", "error", err)
	if err := os.RemoveAll(filepath.Join(o.Folder, "jetstream")); err != nil {
		return nil, centre.Refuse(centre.CodeUnavailable, "The files of the message bus in %s are damaged and cannot be deleted: %w", o.Folder, err)
	}
	if s, err = start(o); err != nil {
		return nil, centre.Refuse(centre.CodeUnavailable, "The message bus does not start in the folder %s: %w", o.Folder, err)
	}
	return s, nil
}

func start(o Options) (*server.Server, error) {
	s, err := server.NewServer(&server.Options{
		ServerName:             "entente",
		DontListen:             true,
		JetStream:              true,
		StoreDir:               o.Folder,
		JetStreamMaxMemory:     64 << 20,
		JetStreamMaxStore:      1 << 30,
		NoSigs:                 true,
		DisableJetStreamBanner: true,
	})
	if err != nil {
		return nil, err
	}
	log := &serverLog{log: o.Log}
	s.SetLoggerV2(log, false, false, false)
	s.Start()
	for deadline := time.Now().Add(startTimeout); !s.ReadyForConnections(startTimeout / 100); {
		if why := log.fatal.Load(); why != nil || time.Now().After(deadline) {
			s.Shutdown()
			s.WaitForShutdown()
			if why != nil {
				return nil, errors.New(*why)
			}
			return nil, fmt.Errorf("it was not ready in %v", startTimeout)
		}
	}
	return s, nil
}

// serverLog passes on the server's warnings and errors alone. Its Fatalf does
// not end the process, but ends the start.
type serverLog struct {
	log   *slog.Logger
	fatal atomic.Pointer[string]
}

func (l *serverLog) Noticef(string, ...any) {}
func (l *serverLog) Debugf(string, ...any)  {}
func (l *serverLog) Tracef(string, ...any)  {}

func (l *serverLog) Warnf(format string, args ...any) {
	l.log.Warn("The message bus warns.", "says", fmt.Sprintf(format, args...))
}

func (l *serverLog) Errorf(format string, args ...any) {
	l.log.Error("The message bus reports an error.", "says", fmt.Sprintf(format, args...))
}

func (l *serverLog) Fatalf(format string, args ...any) {
	why := fmt.Sprintf(format, args...)
	l.fatal.Store(&why)
	l.log.Error("The message bus cannot go on.", "says", why)
}
