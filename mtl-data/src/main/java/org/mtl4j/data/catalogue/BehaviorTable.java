package org.mtl4j.data.catalogue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.data.table.RecordReader;
import org.mtl4j.data.table.Table;

/**
 * Events of users, turned into what became of each item that a user met. A user's events have to
 * stand together: a pass remembers the users that it is done with, in at most half of the heap, and
 * refuses one who comes again.
 */
record BehaviorTable(Table events) implements Table {
  /** An event's columns. */
  static final List<String> EVENT =
      List.of("user_id", "item_id", "category_id", "behavior", "timestamp");

  private static final List<String> BEHAVIORS = List.of("pv", "cart", "fav", "buy");
  private static final int FIRST_LABEL = 4;
  private static final double SHARE = 0.5;

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
    private final Set<String> users = new HashSet<>();
    private final HeapShare heap = HeapShare.of(SHARE);
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
      if (user != null) {
        begin(user, eventPlace);
      }
      Map<String, Met> items = new LinkedHashMap<>();
      while (event != null && event[0].equals(user)) {
        add(items, event, eventPlace);
        event = events.next();
        eventPlace = events.place();
      }
      ahead = event;
      ready.addAll(items.values());
    }

    private void begin(String user, String place) {
      if (!users.add(user)) {
        throw new MtlException(
            new Problem(
                ErrorCode.DATA_FORMAT,
                place,
                "Expected a user's events one after another, found that user \"%s\" comes again."
                    .formatted(Excerpt.of(user)),
                "Sort the events by user: sort -s -t, -k1,1 UserBehavior.csv."));
      }
      if (!heap.takeText(user)) {
        throw heap.refusal(
            place,
            String.format(Locale.ROOT, "remembering %,d users takes", users.size()),
            "Read fewer events.");
      }
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
      if (seconds(event[4], place) < seconds(row[3], place)) {
        row[3] = event[4];
      }
    }

    private static long seconds(String time, String place) {
      try {
        return Long.parseLong(time.strip());
      } catch (NumberFormatException e) {
        throw new MtlException(
            new Problem(
                ErrorCode.DATA_VALUE,
                place,
                "Expected a time in whole seconds, found \"" + Excerpt.of(time) + "\".",
                "Check that this is the file that the set publishes."),
            e);
      }
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
