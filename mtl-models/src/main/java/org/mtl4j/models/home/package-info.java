/** Hierarchy of multi-gate experts: Wang and others 2025. */
package org.mtl4j.models.home;
