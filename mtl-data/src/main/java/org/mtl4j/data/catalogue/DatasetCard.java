package org.mtl4j.data.catalogue;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a public data set.
 *
 * @param title its name in full, what a row is, and the tasks that it is made for
 * @param page where its publisher describes it
 * @param licence its terms, in a few words
 * @param citation whom to cite
 * @param columns those that the source always gives, in order
 * @param editions what can be fetched; the first is the one to take where none is named
 */
public record DatasetCard(
    String title,
    URI page,
    String licence,
    String citation,
    List<String> columns,
    List<Edition> editions) {
  /**
   * Checks that there is an edition.
   *
   * @throws IllegalArgumentException saying what was expected and what was found
   */
  public DatasetCard {
    columns = List.copyOf(columns);
    editions = List.copyOf(editions);
    if (editions.isEmpty()) {
      throw new IllegalArgumentException("expected at least one edition of " + title);
    }
  }

  /** The edition of that name. */
  public Optional<Edition> edition(String name) {
    return editions.stream().filter(edition -> edition.name().equals(name)).findFirst();
  }
}
