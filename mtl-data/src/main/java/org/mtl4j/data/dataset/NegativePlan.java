package org.mtl4j.data.dataset;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Expression;

/**
 * What a drawn row consists of: the item's columns from a row of that item, the others from the row
 * that it is drawn for, labels from nowhere, and derived columns anew.
 *
 * @param rule what the user asked for
 * @param roles columns that do not come from that row
 * @param tasks binary tasks whose label is 0 in drawn rows
 * @param derived derived columns, each over columns of the source
 */
public record NegativePlan(
    Negatives rule, Roles roles, Set<String> tasks, Map<String, Expression> derived) {
  private static final String KEY = "data.negatives.";

  /**
   * What some columns are for.
   *
   * @param item those that go with the item, derived ones too
   * @param label those that labels read, derived ones too
   * @param domain the one whose value a row and what is drawn for it have in common; empty: none
   */
  public record Roles(Set<String> item, Set<String> label, Optional<String> domain) {
    /** Copies the containers, keeping the order. */
    public Roles {
      item = new LinkedHashSet<>(item);
      label = new LinkedHashSet<>(label);
    }
  }

  /** Copies the containers, keeping the order. */
  public NegativePlan {
    tasks = new LinkedHashSet<>(tasks);
    derived = new LinkedHashMap<>(derived);
  }

  /** Whether values of an item stand in some columns, and others beside them. */
  public boolean combines(Collection<String> columns) {
    Set<String> own = sources(columns);
    Set<String> items = sources(roles.item());
    items.addAll(sources(Set.of(rule.item())));
    return !items.containsAll(own) && !Collections.disjoint(items, own);
  }

  int user(Columns columns) {
    return indexOf("user", rule.user(), columns);
  }

  int item(Columns columns) {
    return indexOf("item", rule.item(), columns);
  }

  /** The position of the domain's column. */
  OptionalInt domain(Columns columns) {
    return roles.domain().stream().mapToInt(columns::indexOf).findFirst();
  }

  /** Positions of the source's columns that go with the item, the item's own included. */
  int[] items(Columns columns) {
    Set<String> names = new LinkedHashSet<>(Set.of(rule.item()));
    names.addAll(sources(names)); // An id that is derived is made anew of these.
    names.addAll(sources(roles.item()));
    return names.stream().mapToInt(name -> indexOf("item_columns", name, columns)).toArray();
  }

  /** Positions of the source's columns that say what happened, and go with nothing. */
  int[] labels(Columns columns) {
    Set<String> names = sources(roles.label());
    names.removeAll(sources(roles.item()));
    names.removeAll(sources(Set.of(rule.item(), rule.user())));
    return names.stream().mapToInt(columns::indexOf).toArray();
  }

  private Set<String> sources(Collection<String> columns) {
    Set<String> sources = new LinkedHashSet<>();
    for (String column : columns) {
      Expression expression = derived.get(column);
      sources.addAll(expression == null ? Set.of(column) : expression.columns());
    }
    return sources;
  }

  private static int indexOf(String key, String name, Columns columns) {
    try {
      return columns.indexOf(name);
    } catch (MtlException e) {
      throw e.at(KEY + key);
    }
  }
}
