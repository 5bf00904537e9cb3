package org.mtl4j.core.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What lists of models or sources say about a configuration record: one sentence. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Summary {
  /** The sentence; of a model, with its paper. */
  String value();
}
