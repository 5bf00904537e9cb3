package org.mtl4j.experiment.apply;

import java.util.List;
import java.util.Optional;

/**
 * Where scores of a foreign system stand in a table.
 *
 * @param label column of 0 and 1
 * @param score column of scores: probabilities, or any numbers of which larger mean yes
 * @param weight column of example weights; empty: every row counts 1
 * @param group column that groups rows, a user's id say; empty: none
 * @param items where their items stand
 */
public record ScoreColumns(
    String label,
    String score,
    Optional<String> weight,
    Optional<String> group,
    ItemColumns items) {
  /**
   * Checks them.
   *
   * @throws IllegalArgumentException if there are items without groups, which they are ranked in
   */
  public ScoreColumns {
    if (items.item().isPresent() && group.isEmpty()) {
      throw new IllegalArgumentException(
          "item: expected --group beside it, as figures of items are taken group by group; found"
              + " none");
    }
  }

  /**
   * Where items stand in a table.
   *
   * @param item column of each row's item; empty: none
   * @param count column of the number of training rows that the row's item stands in, by row the
   *     same for the same item; empty: nobody knows
   * @param content columns of what items are like; none without an item
   */
  public record ItemColumns(Optional<String> item, Optional<String> count, List<String> content) {
    /** No items. */
    public static final ItemColumns NONE =
        new ItemColumns(Optional.empty(), Optional.empty(), List.of());

    /**
     * Copies the list and checks it.
     *
     * @throws IllegalArgumentException if there are counts or content without an item
     */
    public ItemColumns {
      content = List.copyOf(content);
      if (item.isEmpty() && count.isPresent()) {
        throw new IllegalArgumentException("item_count: expected --item beside it, found none");
      }
      if (item.isEmpty() && !content.isEmpty()) {
        throw new IllegalArgumentException("item_content: expected --item beside it, found none");
      }
    }
  }
}
