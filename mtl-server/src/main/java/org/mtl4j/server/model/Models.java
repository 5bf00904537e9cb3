package org.mtl4j.server.model;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.server.version.VersionStatus;

/**
 * The models of a server. A thread each looks after its folder, so that a large one that loads
 * holds up no other. Safe for several threads. Close it when no requests come any more.
 */
public final class Models implements AutoCloseable {
  private final Keepers keepers;

  /**
   * No models yet.
   *
   * @param loader what loads their versions
   * @param options how they are looked after
   * @param events who is told
   */
  public Models(ServableLoader loader, Options options, ModelEvents events) {
    this.keepers = new Keepers(loader, options, events);
  }

  /**
   * How models are looked after.
   *
   * @param poll how long after a look at a folder the next one comes; 0 for none but those that
   *     {@link #configure} makes
   * @param backOff when a version that failed is tried again
   * @param clock what says so
   * @param waits how long callers wait for what takes its time
   */
  public record Options(Duration poll, BackOff backOff, InstantSource clock, Waits waits) {
    /** A look a second. */
    public static final Options DEFAULT =
        new Options(Duration.ofSeconds(1), BackOff.DEFAULT, InstantSource.system());

    /** The usual waits. */
    public Options(Duration poll, BackOff backOff, InstantSource clock) {
      this(poll, backOff, clock, Waits.DEFAULT);
    }
  }

  /**
   * How long callers wait; what they waited for goes on behind their back, and the log has it.
   *
   * @param loading for versions that are loaded
   * @param ending for requests of models that are given up, and for a version that is being loaded
   */
  public record Waits(Duration loading, Duration ending) {
    /** Long enough for the largest models; short enough to stop in time. */
    public static final Waits DEFAULT = new Waits(Duration.ofMinutes(30), Duration.ofSeconds(10));
  }

  /**
   * What is served from now on, in place of all that was; what is there already goes on. A model of
   * another folder than before goes on with that one until a version of the new one answers, also
   * beyond this call if none does: see {@link #served}. Comes back when each folder has been looked
   * at and what was found there is loaded, or has failed to, or when that takes longer than {@link
   * Waits#loading}.
   *
   * @throws RequestException FAILED_PRECONDITION if a label is for a version that is neither
   *     available nor of a new model or folder: nothing has changed then; UNAVAILABLE if this is
   *     closed
   * @throws IllegalArgumentException if a name is there twice; likewise
   */
  public void configure(List<ServedModel> models) {
    expect(models);
    // Not part of the change, so that neither closing nor another one waits for what is loaded.
    keepers.look();
  }

  /**
   * The same without looking: the models are known from now on, and being loaded until somebody has
   * looked. For a server that listens before it has loaded.
   *
   * @throws RequestException as {@link #configure}
   * @throws IllegalArgumentException likewise
   */
  public void expect(List<ServedModel> models) {
    checkNames(models);
    keepers.change(models, this::checkLabels);
  }

  private static void checkNames(List<ServedModel> models) {
    Set<String> names = new HashSet<>();
    for (ServedModel model : models) {
      if (!names.add(model.name())) {
        throw new IllegalArgumentException(
            "models: expected each name once, found \"%s\" twice".formatted(model.name()));
      }
    }
  }

  private void checkLabels(ServedModel model) {
    ModelKeeper keeper = keepers.now().get(model.name());
    if (keeper == null || !keeper.keeps(model.base())) {
      return;
    }
    model
        .labels()
        .forEach(
            (label, version) -> {
              boolean had = version.equals(keeper.versions().model().labels().get(label));
              if (!had && !keeper.versions().isAvailable(version)) {
                throw new RequestException(
                    StatusCode.FAILED_PRECONDITION,
                    "The label \"%s\" of the model \"%s\" is for version %d, which is not available."
                        .formatted(label, model.name(), version));
              }
            });
  }

  /**
   * A hold on the version that a request is for.
   *
   * @throws RequestException NOT_FOUND if there is none that answers, UNAVAILABLE if it is being
   *     loaded, INVALID_ARGUMENT for a label that there is not
   */
  public Lease lease(ModelAddress address) {
    return lease(address, Optional.empty());
  }

  /**
   * The same for a request of a variant.
   *
   * @param variant the side of a split, if there is one
   * @throws RequestException as {@link #lease(ModelAddress)}
   */
  public Lease lease(ModelAddress address, Optional<String> variant) {
    ModelVersions versions = versions(address).orElseThrow(() -> notFound(address));
    Optional<Long> version = version(address, versions);
    Optional<HeldServable> held = versions.hold(version);
    if (held.isEmpty()) {
      checkNotLoading(address, versions, version);
      // It may have come between the two lines above.
      held = versions.hold(version);
    }
    return held.map(found -> new Lease(address.name(), found, variant))
        .orElseThrow(() -> notFound(address));
  }

  private static void checkNotLoading(
      ModelAddress address, ModelVersions versions, Optional<Long> version) {
    if (versions.isLoading(version)) {
      throw new RequestException(
          StatusCode.UNAVAILABLE, "Servable is being loaded for request: " + address);
    }
  }

  private Optional<ModelVersions> versions(ModelAddress address) {
    return Optional.ofNullable(keepers.now().get(address.name())).map(ModelKeeper::versions);
  }

  private static Optional<Long> version(ModelAddress address, ModelVersions versions) {
    if (address.version().isPresent()) {
      return Optional.of(address.version().getAsLong());
    }
    return address
        .label()
        .map(
            label ->
                Optional.ofNullable(versions.model().labels().get(label))
                    .orElseThrow(
                        () ->
                            RequestException.invalid(
                                "Unrecognized servable version label: " + label)));
  }

  private static RequestException notFound(ModelAddress address) {
    return new RequestException(StatusCode.NOT_FOUND, "Servable not found for request: " + address);
  }

  /**
   * How the versions of a model are, or the one that is asked for, the highest first.
   *
   * @throws RequestException NOT_FOUND if there are none, UNAVAILABLE if nobody has looked yet,
   *     INVALID_ARGUMENT for a label that there is not
   */
  public List<VersionStatus> status(ModelAddress address) {
    Optional<ModelVersions> versions = versions(address);
    if (versions.isPresent()) {
      SortedMap<Long, VersionStatus> all = versions.get().statuses();
      Optional<Long> version = version(address, versions.get());
      List<VersionStatus> found =
          version.isPresent()
              ? Optional.ofNullable(all.get(version.get())).stream().toList()
              : new ArrayList<>(new TreeMap<>(all).descendingMap().values());
      if (!found.isEmpty()) {
        return found;
      }
      checkNotLoading(address, versions.get(), version);
    }
    throw new RequestException(
        StatusCode.NOT_FOUND,
        address.version().isPresent()
            ? "Could not find version %d of model %s"
                .formatted(address.version().getAsLong(), address.name())
            : "Could not find any versions of model " + address.name());
  }

  /** What is served, by name, in the order of names. */
  public Map<String, ServedModel> served() {
    Map<String, ServedModel> served = new LinkedHashMap<>();
    keepers.now().forEach((name, keeper) -> served.put(name, keeper.versions().model()));
    return served;
  }

  /** Whether a model answers. */
  public boolean isReady(String model) {
    return Optional.ofNullable(keepers.now().get(model))
        .map(keeper -> keeper.versions().isAvailable())
        .orElse(false);
  }

  /** Whether there is a model, and all of them answer. */
  public boolean isReady() {
    SortedMap<String, ModelKeeper> all = keepers.now();
    return !all.isEmpty()
        && all.values().stream().allMatch(keeper -> keeper.versions().isAvailable());
  }

  /**
   * Gives all models up. Waits until requests under way have ended, and for the version that is
   * being loaded, but not longer than {@link Waits#ending}.
   */
  @Override
  public void close() {
    keepers.close();
  }
}
