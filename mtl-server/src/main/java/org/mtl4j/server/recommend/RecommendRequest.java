package org.mtl4j.server.recommend;

import java.util.List;
import java.util.Optional;
import org.mtl4j.serving.ranking.RankingRequest;

/**
 * A request to recommend.
 *
 * @param ranking whom to recommend what
 * @param requestId by which feedback will name it, if the client says
 * @param fields columns of the items that the reply has; empty: all
 */
public record RecommendRequest(
    RankingRequest ranking, Optional<String> requestId, Optional<List<String>> fields) {
  /** Copies the list. */
  public RecommendRequest {
    fields = fields.map(List::copyOf);
  }
}
