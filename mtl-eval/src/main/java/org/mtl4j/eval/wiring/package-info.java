/** The Guice module of mtl-eval. */
package org.mtl4j.eval.wiring;
