package org.mtl4j.server.feedback;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.mtl4j.server.recommend.RequestIds;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.rest.JsonFields;
import org.mtl4j.serving.feedback.FeedbackEvent;

/** Events while they are read, by whatever protocol. For one thread. */
public final class FeedbackDraft {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private final int most;
  private final FeedbackEvent.Server server;
  private final Instant now;
  private final List<FeedbackEvent> events = new ArrayList<>();
  private int size;

  /**
   * Nothing so far.
   *
   * @param most events, items of impressions counted one by one
   * @param server whose recommendations were shown, as far as the request says
   * @param now for what says no time
   */
  public FeedbackDraft(int most, FeedbackEvent.Server server, Instant now) {
    this.most = most;
    this.server = server;
    this.now = now;
  }

  /**
   * An item that was shown.
   *
   * @param id its id
   * @param rank from 1; 0: its place in the list
   */
  public record Item(String id, int rank) {}

  /** What was shown; null and empty are what was not said. */
  public static final class Impression {
    private final String path;
    String requestId = "";
    Instant time;
    String user = "";
    Map<String, Object> columns = Map.of();
    OptionalLong version = OptionalLong.empty();
    String variant = "";
    final List<Item> items = new ArrayList<>();

    /** An impression at a place of the request. */
    public Impression(String path) {
      this.path = path;
    }

    /** Says the request, the user, the columns and the items. */
    public Impression of(
        String request, String viewer, Map<String, Object> viewerColumns, List<Item> shown) {
      requestId = request;
      user = viewer;
      columns = viewerColumns;
      items.addAll(shown);
      return this;
    }

    /** Says when. */
    public Impression at(Instant when) {
      time = when;
      return this;
    }

    /** Says which version's recommendations they were, and of which variant. */
    public Impression by(OptionalLong whose, String side) {
      version = whose;
      variant = side;
      return this;
    }
  }

  /** What came of an item; null and empty are what was not said. */
  public static final class Outcome {
    private final String path;
    String requestId = "";
    Instant time;
    String item = "";
    String task = "";
    double value = Double.NaN;

    /** An outcome at a place of the request. */
    public Outcome(String path) {
      this.path = path;
    }

    /** Says the request, the item, the task and its value. */
    public Outcome of(String request, String shown, String of, double label) {
      requestId = request;
      item = shown;
      task = of;
      value = label;
      return this;
    }

    /** Says when. */
    public Outcome at(Instant when) {
      time = when;
      return this;
    }
  }

  /**
   * Adds what was shown.
   *
   * @throws RequestException INVALID_ARGUMENT if something is not said, or there is too much
   */
  public void add(Impression impression) {
    count(1 + impression.items.size());
    String request =
        RequestIds.checked(impression.requestId, JsonFields.path(impression.path, "request_id"));
    List<FeedbackEvent.Shown> shown = new ArrayList<>();
    for (Item item : impression.items) {
      if (item.rank() < 0) {
        throw JsonFields.refusal(JsonFields.path(impression.path, "items"), "ranks from 1", "less");
      }
      int rank = item.rank() == 0 ? shown.size() + 1 : item.rank();
      shown.add(
          new FeedbackEvent.Shown(
              said(item.id(), impression.path, "items"), rank, Map.of(), Map.of()));
    }
    events.add(
        new FeedbackEvent.Impression(
            request,
            time(impression.time, impression.path),
            server(impression),
            new FeedbackEvent.Viewer(
                Optional.of(impression.user).filter(user -> !user.isEmpty()), impression.columns),
            shown));
  }

  /** As the reply to the client named it, or else as the request does. */
  private FeedbackEvent.Server server(Impression impression) {
    if (impression.version.orElse(0) < 0) {
      throw JsonFields.refusal(
          JsonFields.path(impression.path, "version"), "a version of at least 0", "less");
    }
    return new FeedbackEvent.Server(
        server.model(),
        impression.version.isPresent() ? impression.version : server.version(),
        Optional.of(impression.variant).filter(side -> !side.isEmpty()).or(server::variant));
  }

  /**
   * Adds what came of an item.
   *
   * @throws RequestException INVALID_ARGUMENT if something is not said, or there is too much
   */
  public void add(Outcome outcome) {
    count(1);
    String request =
        RequestIds.checked(outcome.requestId, JsonFields.path(outcome.path, "request_id"));
    if (!Double.isFinite(outcome.value)) {
      throw JsonFields.refusal(JsonFields.path(outcome.path, "value"), "a finite number", "none");
    }
    events.add(
        new FeedbackEvent.Outcome(
            request,
            time(outcome.time, outcome.path),
            said(outcome.item, outcome.path, "item"),
            said(outcome.task, outcome.path, "task"),
            outcome.value));
  }

  /** Of the years 1 to 9999: others are mistakes, and a window added to some is no time. */
  private Instant time(Instant time, String path) {
    if (time == null) {
      return now;
    }
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw JsonFields.refusal(
          JsonFields.path(path, "time"), "a time of the years 1 to 9999", "another one");
    }
    return time;
  }

  private static String said(String text, String path, String key) {
    if (text.isEmpty()) {
      throw JsonFields.refusal(JsonFields.path(path, key), "text", "none");
    }
    return text;
  }

  private void count(int more) {
    size += more;
    if (size > most) {
      throw RequestException.invalid(
          "impressions and outcomes: expected at most %d with their items, found more"
              .formatted(most));
    }
  }

  /**
   * The events.
   *
   * @throws RequestException INVALID_ARGUMENT if there is none
   */
  public List<FeedbackEvent> events() {
    if (events.isEmpty()) {
      throw RequestException.invalid("impressions and outcomes: expected one at least, found none");
    }
    return List.copyOf(events);
  }
}
