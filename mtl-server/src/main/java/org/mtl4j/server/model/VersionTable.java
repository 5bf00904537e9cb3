package org.mtl4j.server.model;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import org.mtl4j.server.version.VersionStatus;

/**
 * What requests see of a model.
 *
 * @param available versions that answer
 * @param statuses how each is
 */
record VersionTable(
    NavigableMap<Long, HeldServable> available, SortedMap<Long, VersionStatus> statuses) {
  /** That version, or the latest that is available. */
  Optional<HeldServable> find(Optional<Long> version) {
    return available.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(available.get(version.orElseGet(available::lastKey)));
  }

  /** Whether that version, or any, is being loaded. */
  boolean isLoading(Optional<Long> version) {
    return statuses.values().stream()
        .filter(status -> version.isEmpty() || version.get() == status.version())
        .anyMatch(status -> status.state() == VersionStatus.State.LOADING);
  }
}
