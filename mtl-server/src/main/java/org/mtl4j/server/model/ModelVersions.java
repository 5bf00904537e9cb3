package org.mtl4j.server.model;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.version.BaseFolder;
import org.mtl4j.server.version.SettledVersions;
import org.mtl4j.server.version.Transition;
import org.mtl4j.server.version.VersionFolder;
import org.mtl4j.server.version.VersionStatus;

/**
 * A model's versions. One thread looks at its folder and loads and unloads, {@link #look}; requests
 * take what there is from a table that is replaced as a whole.
 */
final class ModelVersions {
  private final ServableLoader loader;
  private final InstantSource clock;
  private final BackOff backOff;
  private final ModelEvents events;
  private final SettledVersions settling = new SettledVersions();
  private final SortedMap<Long, TrackedVersion> tracked = new TreeMap<>();
  private final ToldOnce warned = new ToldOnce(64);
  private volatile ServedModel model;
  private volatile boolean looked;
  private volatile boolean stopped;
  private volatile VersionTable table = new VersionTable(new TreeMap<>(), new TreeMap<>());

  ModelVersions(ServedModel model, ServableLoader loader, Settings settings) {
    this.model = model;
    this.loader = loader;
    this.clock = settings.clock();
    this.backOff = settings.backOff();
    this.events = settings.events();
  }

  /**
   * What all models have in common.
   *
   * @param clock what says when to try again
   * @param backOff how often
   * @param events whom to tell
   */
  record Settings(InstantSource clock, BackOff backOff, ModelEvents events) {}

  ServedModel model() {
    return model;
  }

  /** What is wanted of it from the next look on. */
  void configure(ServedModel changed) {
    model = changed;
  }

  /** A hold on the latest version that is available, or on that one; empty if there is none. */
  Optional<HeldServable> hold(Optional<Long> version) {
    while (true) {
      Optional<HeldServable> held = table.find(version);
      if (held.isEmpty() || held.get().hold()) {
        return held;
      }
      // It went between the two lines above, and so there is another table.
      Thread.onSpinWait();
    }
  }

  /** Whether that version would answer. */
  boolean isAvailable(long version) {
    return table.available().containsKey(version);
  }

  /** Whether any version would. */
  boolean isAvailable() {
    return !table.available().isEmpty();
  }

  /** Whether that version, or any, is being loaded, or nobody has looked for it yet. */
  boolean isLoading(Optional<Long> version) {
    return !looked || table.isLoading(version);
  }

  SortedMap<Long, VersionStatus> statuses() {
    return table.statuses();
  }

  /** Looks at the folder, and loads and unloads until nothing is left to do for now. */
  void look() {
    try {
      lookAtVersions();
      tracked.values().stream().filter(this::isServed).forEach(this::lookAtFiles);
      publish();
    } finally {
      looked = true;
    }
  }

  /** Loads nothing more, the version at hand aside. From any thread. */
  void stop() {
    stopped = true;
  }

  private void lookAtFiles(TrackedVersion version) {
    version
        .held()
        .servable()
        .look()
        .ifPresent(found -> events.catalogue(model.name(), version.folder().version(), found));
  }

  private void lookAtVersions() {
    ServedModel wanted = model;
    SortedMap<Long, VersionFolder> there;
    try {
      BaseFolder.Look look = new BaseFolder(wanted.base()).look();
      look.warnings().forEach(this::warn);
      there = usable(look.versions());
    } catch (IOException e) {
      // A folder that is away for a moment, of a network disk, say, takes nothing away.
      warn("The folder " + wanted.base() + " cannot be read, so that nothing changes.");
      return;
    }
    follow(there);
    SortedSet<Long> aspired = wanted.policy().aspired(new TreeSet<>(there.keySet()));
    aspired.forEach(version -> tracked.get(version).renew());
    Optional<Transition> next = next(aspired);
    while (next.isPresent() && !stopped) {
      take(next.get());
      next = next(aspired);
    }
  }

  /** Those that are whole, and those that are served whatever has become of their files. */
  private SortedMap<Long, VersionFolder> usable(SortedMap<Long, VersionFolder> found) {
    SortedMap<Long, VersionFolder> usable = settling.of(found);
    table
        .available()
        .keySet()
        .forEach(
            version -> {
              VersionFolder folder = found.get(version);
              if (folder != null && !folder.equals(tracked.get(version).folder())) {
                warn(
                    "The files of version %d have changed; what was loaded goes on being served."
                            .formatted(version)
                        + " Copy other files to another version.");
              }
              if (folder != null) {
                usable.put(version, folder);
              }
            });
    return usable;
  }

  private void follow(SortedMap<Long, VersionFolder> there) {
    tracked.values().forEach(TrackedVersion::checkEnded);
    tracked
        .entrySet()
        .removeIf(entry -> !there.containsKey(entry.getKey()) && !isInMemory(entry.getValue()));
    there.forEach(
        (version, folder) -> {
          TrackedVersion known = tracked.get(version);
          if (known == null) {
            tracked.put(version, new TrackedVersion(folder));
          } else if (!isInMemory(known)) {
            known.saw(folder);
          }
        });
  }

  private static boolean isInMemory(TrackedVersion version) {
    return version.held() != null;
  }

  private Optional<Transition> next(SortedSet<Long> aspired) {
    List<Transition.Known> known =
        tracked.entrySet().stream()
            .map(
                entry ->
                    new Transition.Known(
                        entry.getKey(),
                        entry.getValue().state(clock.instant()),
                        aspired.contains(entry.getKey())))
            .toList();
    return Transition.next(known);
  }

  private void take(Transition transition) {
    TrackedVersion version = tracked.get(transition.version());
    if (transition.kind() == Transition.Kind.LOAD) {
      load(version);
    } else {
      unload(version);
    }
  }

  private void load(TrackedVersion version) {
    version.loading();
    publish();
    long start = System.nanoTime();
    long number = version.folder().version();
    try {
      version.ready(new HeldServable(number, loader.load(model.name(), version.folder())));
    } catch (RuntimeException e) {
      failed(version, e);
      return;
    } catch (Error e) {
      failed(version, new IllegalStateException("loading ended with " + e, e));
      return;
    }
    publish();
    events.available(model.name(), number, System.nanoTime() - start);
  }

  private void failed(TrackedVersion version, RuntimeException failure) {
    version.failed(String.valueOf(failure.getMessage()), clock.instant(), backOff);
    publish();
    events.failed(model.name(), version.folder().version(), failure, version.isTriedAgain());
  }

  private void unload(TrackedVersion version) {
    HeldServable held = version.held();
    // Out of the table first, for nobody is to find what is closed.
    NavigableMap<Long, HeldServable> left = new TreeMap<>(table.available());
    left.remove(held.version());
    table = new VersionTable(left, table.statuses());
    version.unloading();
    version.checkEnded();
    publish();
    events.unloaded(model.name(), held.version());
  }

  /** Gives all versions up; requests under way end as they would have. */
  void unloadAll() {
    tracked.values().stream().filter(v -> isServed(v)).toList().forEach(this::unload);
  }

  /**
   * Waits until the memory of all versions has been given back.
   *
   * @param end until then, in nanoseconds of {@link System#nanoTime}
   * @return what is still held
   */
  Optional<String> awaitUnloaded(long end) throws InterruptedException {
    List<String> left = new ArrayList<>();
    for (TrackedVersion version : tracked.values()) {
      HeldServable held = version.held();
      if (held != null && !held.awaitClosed(end - System.nanoTime())) {
        left.add("version %d (requests: %d)".formatted(held.version(), held.holders()));
      }
    }
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of("Still held: " + String.join(", ", left));
  }

  private boolean isServed(TrackedVersion version) {
    return version.state(clock.instant()) == Transition.State.READY;
  }

  /** Tells of it, once in a while. */
  void warn(String warning) {
    if (warned.isNew(warning)) {
      events.warned(model.name(), warning);
    }
  }

  private void publish() {
    NavigableMap<Long, HeldServable> available = new TreeMap<>();
    SortedMap<Long, VersionStatus> statuses = new TreeMap<>();
    tracked.forEach(
        (number, version) -> {
          statuses.put(number, version.status());
          if (isServed(version)) {
            available.put(number, version.held());
          }
        });
    table =
        new VersionTable(
            Collections.unmodifiableNavigableMap(available),
            Collections.unmodifiableSortedMap(statuses));
  }
}
