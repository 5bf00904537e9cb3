package com.example.shop;

import jakarta.annotation.PreDestroy;
import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.mtl4j.serving.model.MtlModel;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/**
 * The model that answers. It holds native memory, so the old one is closed when a new one takes its
 * place, once its last request is answered, and the last one when the application stops.
 */
@Component
class ModelHolder {
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private MtlModel model;

  ModelHolder(@Value("${shop.model}") String export) {
    if (!export.isEmpty()) {
      model = MtlModel.load(Path.of(export));
    }
  }

  /** Asks the model; 503 while there is none. */
  <T> T ask(Function<MtlModel, T> question) {
    lock.readLock().lock();
    try {
      if (model == null) {
        throw new ResponseStatusException(
            HttpStatus.SERVICE_UNAVAILABLE, "There is no model yet: POST /train makes one.");
      }
      return question.apply(model);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Puts a model in the place of the one before, which is closed. */
  void replace(MtlModel next) {
    lock.writeLock().lock();
    try {
      close();
      model = next;
    } finally {
      lock.writeLock().unlock();
    }
  }

  @PreDestroy
  void close() {
    if (model != null) {
      model.close();
      model = null;
    }
  }
}
