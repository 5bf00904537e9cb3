package org.mtl4j.server.recommend;

import java.util.List;
import java.util.Optional;
import org.mtl4j.serving.ranking.RankingResult;

/**
 * What is answered to a request to recommend.
 *
 * @param requestId by which feedback names it
 * @param server whose numbers they are
 * @param result what is recommended
 * @param fields columns of the items that are written; empty: all
 */
public record RecommendReply(
    String requestId, Server server, RankingResult result, Optional<List<String>> fields) {
  /** Copies the list. */
  public RecommendReply {
    fields = fields.map(List::copyOf);
  }

  /**
   * Who computed a reply.
   *
   * @param model its name
   * @param version its version
   * @param variant the side of an experiment, if there is one
   */
  public record Server(String model, long version, Optional<String> variant) {}
}
