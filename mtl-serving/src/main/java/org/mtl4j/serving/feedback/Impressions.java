package org.mtl4j.serving.feedback;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.serving.ranking.ColumnSides;
import org.mtl4j.serving.ranking.RankedItem;
import org.mtl4j.serving.ranking.RankingRequest;
import org.mtl4j.serving.ranking.RankingResult;

/** What a server remembers of its own recommendations. */
public final class Impressions {
  private final ModelManifest manifest;
  private final Optional<String> userColumn;
  private final boolean features;

  /**
   * What is remembered.
   *
   * @param manifest of the model
   * @param userColumn the column of users whose value is the id by which they can ask to be
   *     forgotten
   * @param features whether the values of the columns that the model reads are kept, which training
   *     from feedback needs
   */
  public Impressions(ModelManifest manifest, Optional<String> userColumn, boolean features) {
    this.manifest = manifest;
    this.userColumn = userColumn;
    this.features = features;
  }

  /**
   * The impression of a reply; items without an id are left out, as nothing could come of them.
   *
   * @param requestId of the request
   * @param time of the reply
   * @param server who computed it
   */
  public FeedbackEvent.Impression of(
      String requestId,
      Instant time,
      FeedbackEvent.Server server,
      RankingRequest request,
      RankingResult result) {
    Optional<String> user =
        userColumn.map(column -> request.user().get(column)).map(Object::toString);
    List<FeedbackEvent.Shown> items = new ArrayList<>();
    for (RankedItem item : result.items()) {
      item.id()
          .ifPresent(
              id ->
                  items.add(
                      new FeedbackEvent.Shown(
                          id,
                          item.place().rank(),
                          item.place().scores(),
                          features ? itemColumns(request.user(), item) : Map.of())));
    }
    return new FeedbackEvent.Impression(
        requestId,
        time,
        server,
        new FeedbackEvent.Viewer(user, features ? request.user() : Map.of()),
        items);
  }

  /** Those that the model reads of the item: a row has each column once. */
  private Map<String, Object> itemColumns(Map<String, Object> user, RankedItem item) {
    ColumnSides sides = new ColumnSides(manifest);
    Columns users = Columns.of(ColumnType.UNTYPED, List.copyOf(user.keySet()));
    Columns items = Columns.of(ColumnType.UNTYPED, List.copyOf(item.place().item().keySet()));
    Map<String, Object> columns = new LinkedHashMap<>();
    item.place()
        .item()
        .forEach(
            (column, value) -> {
              if (!sides.isUsers(column, users, items)) {
                columns.put(column, value);
              }
            });
    return columns;
  }
}
