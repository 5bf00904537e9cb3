package org.mtl4j.serving.feedback;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Something to be remembered of a request to recommend. */
public sealed interface FeedbackEvent {
  /** The request. */
  String requestId();

  /** When it happened. */
  Instant time();

  /**
   * What was shown.
   *
   * @param requestId the request
   * @param time when
   * @param server whose recommendations they were
   * @param viewer who saw them
   * @param items which, in their order
   */
  record Impression(String requestId, Instant time, Server server, Viewer viewer, List<Shown> items)
      implements FeedbackEvent {
    /** Copies the list. */
    public Impression {
      items = List.copyOf(items);
    }
  }

  /**
   * What computed recommendations.
   *
   * @param model its name
   * @param version its version, if it is known: that of another moment would be a wrong one
   * @param variant the side of an experiment, if there was one
   */
  record Server(String model, OptionalLong version, Optional<String> variant) {}

  /**
   * Who saw something.
   *
   * @param user an id by which the user can ask to be forgotten, if it is known
   * @param columns of the user and the moment, if they are kept: text, numbers, true, false or null
   */
  record Viewer(Optional<String> user, Map<String, Object> columns) {
    /** Copies the map. */
    public Viewer {
      columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }
  }

  /**
   * An item that was shown.
   *
   * @param item its id
   * @param rank its place, from 1
   * @param scores per output what the model said, if it is kept
   * @param columns of the item, if they are kept
   */
  record Shown(String item, int rank, Map<String, Double> scores, Map<String, Object> columns) {
    /** Copies the maps. */
    public Shown {
      scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
      columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }
  }

  /**
   * What came of it.
   *
   * @param requestId the request
   * @param time when
   * @param item which of the items
   * @param task the label's column: click, purchase, rating
   * @param value of the label
   */
  record Outcome(String requestId, Instant time, String item, String task, double value)
      implements FeedbackEvent {
    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException if it is no finite number
     */
    public Outcome {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("value: expected a finite number, found " + value);
      }
    }
  }
}
