package org.mtl4j.server.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;

/** Who looks after what is served, and how others take their place. Safe for several threads. */
final class Keepers implements AutoCloseable {
  private final ServableLoader loader;
  private final Models.Options options;
  private final ModelVersions.Settings settings;
  private final ReentrantLock changes = new ReentrantLock();
  private volatile SortedMap<String, ModelKeeper> keepers = new TreeMap<>();

  /** Of other folders of models that are served, of which nothing answers yet. */
  private volatile SortedMap<String, ModelKeeper> coming = new TreeMap<>();

  private volatile boolean closed;

  Keepers(ServableLoader loader, Models.Options options, ModelEvents events) {
    this.loader = loader;
    this.options = options;
    this.settings = new ModelVersions.Settings(options.clock(), options.backOff(), events);
  }

  /** By the model's name. */
  SortedMap<String, ModelKeeper> now() {
    return keepers;
  }

  /**
   * Keeps these models in place of all others.
   *
   * @param check told of each before anything changes; what it throws comes through
   * @throws RequestException UNAVAILABLE if this is closed
   */
  void change(List<ServedModel> models, Consumer<ServedModel> check) {
    changes.lock();
    try {
      if (closed) {
        throw new RequestException(StatusCode.UNAVAILABLE, "The server is being stopped.");
      }
      models.forEach(check);
      change(models);
    } finally {
      changes.unlock();
    }
  }

  /** Looks at all folders; what looking at one of them throws comes through in the end. */
  void look() {
    RuntimeException failure = null;
    for (ModelKeeper keeper : keepers.values()) {
      try {
        keeper.look(options.waits().loading());
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void change(List<ServedModel> models) {
    Change change = new Change(new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
    try {
      models.forEach(model -> place(model, change));
    } catch (RuntimeException | Error e) {
      // Nothing has changed, and nobody else knows of these.
      change.made().forEach(ModelKeeper::giveUp);
      throw e;
    }
    for (ServedModel model : models) {
      ModelKeeper keeper = change.after().get(model.name());
      if (keeper.keeps(model.base())) {
        keeper.versions().configure(model);
      }
    }
    Set<ModelKeeper> gone = new LinkedHashSet<>(keepers.values());
    gone.addAll(coming.values());
    gone.removeAll(change.after().values());
    gone.removeAll(change.later().values());
    keepers = change.after();
    coming = change.later();
    end(gone);
  }

  /**
   * What is to be served.
   *
   * @param after by name
   * @param later those whose turn comes once they answer
   * @param made those that are new
   */
  private record Change(
      SortedMap<String, ModelKeeper> after,
      SortedMap<String, ModelKeeper> later,
      List<ModelKeeper> made) {}

  /** The keeper of its folder, behind that of the old one as long as nothing in it answers. */
  private void place(ServedModel model, Change change) {
    ModelKeeper now = keepers.get(model.name());
    if (now != null && now.keeps(model.base())) {
      change.after().put(model.name(), now);
      return;
    }
    ModelKeeper next = coming.get(model.name());
    if (next != null && next.keeps(model.base())) {
      next.versions().configure(model);
    } else {
      next =
          new ModelKeeper(new ModelVersions(model, loader, settings), options.poll(), this::looked);
      change.made().add(next);
      next.start();
    }
    if (now != null) {
      next.look(options.waits().loading());
    }
    if (now != null && now.versions().isAvailable() && !next.versions().isAvailable()) {
      change.after().put(model.name(), now);
      change.later().put(model.name(), next);
    } else {
      change.after().put(model.name(), next);
    }
  }

  /** Puts a folder that answers in the place of the model's old one. On the new one's thread. */
  private void looked(ModelKeeper keeper) {
    String name = keeper.versions().model().name();
    // While somebody changes what is served it waits for the next look.
    if (coming.get(name) != keeper || !keeper.versions().isAvailable() || !changes.tryLock()) {
      return;
    }
    try {
      if (coming.get(name) == keeper) {
        SortedMap<String, ModelKeeper> after = new TreeMap<>(keepers);
        SortedMap<String, ModelKeeper> later = new TreeMap<>(coming);
        later.remove(name);
        ModelKeeper old = after.put(name, keeper);
        keepers = after;
        coming = later;
        old.giveUp();
      }
    } finally {
      changes.unlock();
    }
  }

  /** Gives them up, and waits a while until their requests have ended. */
  private void end(Collection<ModelKeeper> gone) {
    gone.forEach(ModelKeeper::giveUp);
    long end = System.nanoTime() + options.waits().ending().toNanos();
    for (ModelKeeper keeper : gone) {
      keeper
          .awaitGone(end - System.nanoTime())
          .ifPresent(held -> keeper.versions().warn(held + "; nobody waits for that any longer."));
    }
  }

  /** Gives all up, and waits as {@link Models#close} says. */
  @Override
  public void close() {
    closed = true;
    keepers.values().forEach(keeper -> keeper.versions().stop());
    coming.values().forEach(keeper -> keeper.versions().stop());
    boolean alone = false;
    try {
      alone = changes.tryLock(options.waits().ending().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Set<ModelKeeper> all = new LinkedHashSet<>(keepers.values());
    all.addAll(coming.values());
    keepers = new TreeMap<>();
    coming = new TreeMap<>();
    if (alone) {
      changes.unlock();
    }
    end(all);
  }
}
