package org.mtl4j.data.source.sql;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CancellationException;

/** One asking for entries, by a statement after another, which may be given up at any time. */
final class Asking {
  private Statement running;
  private boolean over;

  /**
   * A statement is about to run.
   *
   * @throws CancellationException if nobody waits for it any more
   */
  synchronized void begin(Statement statement) {
    if (over) {
      throw new CancellationException("nobody waits for the entries any more");
    }
    running = statement;
  }

  /** The statement has ended; it is not cancelled from now on, whoever has its connection next. */
  synchronized void end() {
    running = null;
  }

  /** Has the database end the statement that runs, and begins no other. */
  synchronized void giveUp() {
    over = true;
    if (running != null) {
      try {
        running.cancel();
      } catch (SQLException e) {
        // Then it ends by itself, or with its connection.
      }
    }
  }

  synchronized boolean isOver() {
    return over;
  }
}
