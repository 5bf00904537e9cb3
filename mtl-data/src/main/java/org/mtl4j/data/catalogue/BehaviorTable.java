package org.mtl4j.data.catalogue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.table.RecordReader;
import org.mtl4j.data.table.Table;

/** Events of users, turned into what became of each item that a user met. */
record BehaviorTable(Table events) implements Table {
  /** An event's columns. */
  static final List<String> EVENT =
      List.of("user_id", "item_id", "category_id", "behavior", "timestamp");

  private static final List<String> BEHAVIORS = List.of("pv", "cart", "fav", "buy");
  private static final int FIRST_LABEL = 4;

  /** The columns of a row. */
  static final List<String> COLUMNS =
      List.of("user_id", "item_id", "category_id", "timestamp", "pv", "cart", "fav", "buy");

  @Override
  public List<String> columns() {
    return COLUMNS;
  }

  @Override
  public List<Path> files() {
    return events.files();
  }

  @Override
  public RecordReader open() {
    return new Pass(events.open());
  }

  /** A row, and where its first event stands. */
  private record Met(String[] row, String place) {}

  private static final class Pass implements RecordReader {
    private final RecordReader events;
    private final Deque<Met> ready = new ArrayDeque<>();
    private String[] ahead;
    private String place = "";

    Pass(RecordReader events) {
      this.events = events;
    }

    @Override
    public String[] next() {
      if (ready.isEmpty()) {
        readUser();
      }
      Met met = ready.poll();
      if (met == null) {
        return null;
      }
      place = met.place();
      return met.row();
    }

    /** Reads all events of the next user. */
    private void readUser() {
      String[] event = ahead == null ? events.next() : ahead;
      String user = event == null ? null : event[0];
      String eventPlace = events.place();
      Map<String, Met> items = new LinkedHashMap<>();
      while (event != null && event[0].equals(user)) {
        add(items, event, eventPlace);
        event = events.next();
        eventPlace = events.place();
      }
      ahead = event;
      ready.addAll(items.values());
    }

    private static void add(Map<String, Met> items, String[] event, String place) {
      int behavior = BEHAVIORS.indexOf(event[3].strip());
      if (behavior < 0) {
        throw new MtlException(
            new Problem(
                ErrorCode.DATA_VALUE,
                place,
                "Expected one of %s as behaviour, found \"%s\"."
                    .formatted(String.join(", ", BEHAVIORS), Excerpt.of(event[3])),
                "Check that this is the file that the set publishes."));
      }
      Met met =
          items.computeIfAbsent(
              event[1],
              item ->
                  new Met(
                      new String[] {event[0], item, event[2], event[4], "0", "0", "0", "0"},
                      place));
      String[] row = met.row();
      row[FIRST_LABEL + behavior] = "1";
      if (isBefore(event[4], row[3])) {
        row[3] = event[4];
      }
    }

    /** Times are whole numbers of seconds. */
    private static boolean isBefore(String time, String other) {
      return time.length() == other.length()
          ? time.compareTo(other) < 0
          : time.length() < other.length();
    }

    @Override
    public String place() {
      return place;
    }

    @Override
    public void close() {
      ready.clear();
      events.close();
    }
  }
}
