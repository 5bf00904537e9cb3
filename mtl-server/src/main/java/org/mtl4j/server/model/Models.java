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
  private final ServableLoader loader;
  private final Options options;
  private final ModelVersions.Settings settings;
  private volatile SortedMap<String, ModelKeeper> keepers = new TreeMap<>();

  /**
   * No models yet.
   *
   * @param loader what loads their versions
   * @param options how they are looked after
   * @param events who is told
   */
  public Models(ServableLoader loader, Options options, ModelEvents events) {
    this.loader = loader;
    this.options = options;
    this.settings = new ModelVersions.Settings(options.clock(), options.backOff(), events);
  }

  /**
   * How models are looked after.
   *
   * @param poll how long after a look at a folder the next one comes; 0 for none but those that
   *     {@link #configure} makes
   * @param backOff when a version that failed is tried again
   * @param clock what says so
   */
  public record Options(Duration poll, BackOff backOff, InstantSource clock) {
    /** A look a second. */
    public static final Options DEFAULT =
        new Options(Duration.ofSeconds(1), BackOff.DEFAULT, InstantSource.system());
  }

  /**
   * What is served from now on, in place of all that was; what is there already goes on. A model of
   * another folder than before goes on with that one until a version of the new one answers, also
   * beyond this call if none does: see {@link #served}. Comes back when each folder has been looked
   * at and what was found there is loaded, or has failed to.
   *
   * @throws RequestException FAILED_PRECONDITION if a label is for a version that is neither
   *     available nor of a new model or folder: nothing has changed then
   * @throws IllegalArgumentException if a name is there twice; likewise
   */
  public synchronized void configure(List<ServedModel> models) {
    checkNames(models);
    models.forEach(this::checkLabels);
    SortedMap<String, ModelKeeper> before = keepers;
    SortedMap<String, ModelKeeper> after = new TreeMap<>();
    for (ServedModel model : models) {
      ModelKeeper keeper = before.get(model.name());
      if (keeper == null) {
        after.put(model.name(), keeper(model));
      } else if (keeper.versions().model().base().equals(model.base())) {
        keeper.versions().configure(model);
        after.put(model.name(), keeper);
      } else {
        after.put(model.name(), moved(keeper, model));
      }
    }
    keepers = after;
    before.forEach(
        (name, keeper) -> {
          if (after.get(name) != keeper) {
            keeper.close();
          }
        });
    after.values().forEach(ModelKeeper::look);
  }

  private ModelKeeper keeper(ServedModel model) {
    ModelKeeper keeper =
        new ModelKeeper(new ModelVersions(model, loader, settings), options.poll());
    keeper.start();
    return keeper;
  }

  /**
   * The keeper of a model's new folder, or that of the old one if nothing in the new one answers.
   */
  private ModelKeeper moved(ModelKeeper old, ServedModel model) {
    ModelKeeper keeper = keeper(model);
    keeper.look();
    if (old.versions().isAvailable() && !keeper.versions().isAvailable()) {
      keeper.close();
      return old;
    }
    return keeper;
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
    ModelKeeper keeper = keepers.get(model.name());
    if (keeper == null || !keeper.versions().model().base().equals(model.base())) {
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
   * @throws RequestException NOT_FOUND if there is none that answers, INVALID_ARGUMENT for a label
   *     that there is not
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
    return versions
        .hold(version)
        .map(held -> new Lease(address.name(), held, variant))
        .orElseThrow(() -> notFound(address));
  }

  private Optional<ModelVersions> versions(ModelAddress address) {
    return Optional.ofNullable(keepers.get(address.name())).map(ModelKeeper::versions);
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
   * @throws RequestException NOT_FOUND if there are none, INVALID_ARGUMENT for a label that there
   *     is not
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
    keepers.forEach((name, keeper) -> served.put(name, keeper.versions().model()));
    return served;
  }

  /** Whether a model answers. */
  public boolean isReady(String model) {
    return Optional.ofNullable(keepers.get(model))
        .map(keeper -> keeper.versions().isAvailable())
        .orElse(false);
  }

  /** Whether there is a model, and all of them answer. */
  public boolean isReady() {
    SortedMap<String, ModelKeeper> all = keepers;
    return !all.isEmpty()
        && all.values().stream().allMatch(keeper -> keeper.versions().isAvailable());
  }

  /** Gives all models up, and waits until requests under way have ended. */
  @Override
  public synchronized void close() {
    SortedMap<String, ModelKeeper> all = keepers;
    keepers = new TreeMap<>();
    all.values().forEach(ModelKeeper::close);
  }
}
