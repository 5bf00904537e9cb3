package org.mtl4j.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.mtl4j.experiment.bench.PeerTurns;

/** Turns with another program, as they are printed. */
final class PeerTurnsView {
  private PeerTurnsView() {}

  /** The turns, their ratio and whether they were steady, into a command's JSON. */
  static void put(Map<String, Object> json, PeerTurns turns) {
    json.put("turns", turns.turns().stream().map(PeerTurnsView::json).toList());
    OptionalDouble ratio = turns.medianRatio();
    json.put("median_ratio", ratio.isPresent() ? ratio.getAsDouble() : null);
    json.put("steady", turns.isSteady());
  }

  private static Map<String, Object> json(PeerTurns.Turn turn) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seconds", turn.seconds());
    turn.peerSeconds().ifPresent(seconds -> json.put("peer_seconds", seconds));
    turn.ratio().ifPresent(ratio -> json.put("ratio", ratio));
    return json;
  }

  /**
   * A line a turn, and one for all; none without a peer.
   *
   * @param what was measured of ours
   */
  static List<String> text(PeerTurns turns, String what) {
    List<String> lines = new ArrayList<>();
    for (PeerTurns.Turn turn : turns.turns()) {
      turn.ratio()
          .ifPresent(
              ratio ->
                  lines.add(
                      String.format(
                          Locale.ROOT,
                          "peer %.2f s, %s %.2f s: %.2f times as fast",
                          turn.peerSeconds().orElseThrow(),
                          what,
                          turn.seconds(),
                          ratio)));
    }
    turns
        .medianRatio()
        .ifPresent(
            ratio ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "median ratio %.2f%s",
                        ratio,
                        turns.isSteady()
                            ? ""
                            : "; other work disturbed it: a side's slowest turn took over 1.3 times its"
                                + " fastest")));
    return lines;
  }
}
